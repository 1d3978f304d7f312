DO $$ DECLARE a int[] := '{1,2,3}'; b int[]; BEGIN a[5] := 9; RAISE NOTICE '%', a; b := a[2:3]; RAISE NOTICE '% %', b, array_upper(a, 1); a := array_append(a, 10); RAISE NOTICE '%', a || ARRAY[11]; RAISE EXCEPTION '%', array_length(b || 7, 1); END $$;
--= P0001 3
DO $$ DECLARE m int[][] := '{{1,2},{3,4}}'; s int[]; x int; BEGIN FOREACH s SLICE 1 IN ARRAY m LOOP RAISE NOTICE '%', s; END LOOP; FOREACH x IN ARRAY m LOOP RAISE NOTICE '%', x; END LOOP; RAISE NOTICE '%', m[2][1]; END $$;
--= ok
DO $$ DECLARE r t1; x record; BEGIN r := ROW(1, 'a', 2.555); RAISE NOTICE '%', r; r.c := 3.14159; RAISE NOTICE '%', r.c; x := r; RAISE NOTICE '%', x.b; x := ROW(1,2); RAISE NOTICE '%', x; RAISE NOTICE '%', x.f1; RAISE EXCEPTION '%', x.b; END $$;
--= 42704 @17 type "t1" does not exist
DO $$ DECLARE v varchar(3); BEGIN v := 'abcdef'; END $$;
--= 22001 value too long for type character varying(3)
DO $$ DECLARE n numeric(4,2); BEGIN n := 123.456; END $$;
--= 22003 numeric field overflow
DO $$ DECLARE i int; BEGIN i := 'abc'; END $$;
--= 22P02 invalid input syntax for type integer: "abc"
DO $$ DECLARE i int := '12'; d date := '2024-02-30'; BEGIN NULL; END $$;
--= 22008 date/time field value out of range: "2024-02-30"
DO $$ DECLARE i smallint; BEGIN i := 40000; END $$;
--= 22003 smallint out of range
DO $$ DECLARE b bool; BEGIN b := 'yes'; RAISE NOTICE '%', b; b := 1; RAISE EXCEPTION '%', b; b := 'maybe'; END $$;
--= P0001 t
DO $$ DECLARE c CONSTANT int := 3; n int NOT NULL := 4; BEGIN n := NULL; END $$;
--= 22004 null value cannot be assigned to variable "n" declared NOT NULL
DO $$ DECLARE c CONSTANT int := 3; BEGIN c := 4; END $$;
--= 22005 @42 variable "c" is declared CONSTANT
DO $$ DECLARE x int; BEGIN x := 1 / 0; EXCEPTION WHEN division_by_zero THEN RAISE NOTICE 'caught % %', SQLSTATE, SQLERRM; END $$;
--= ok
DO $$ BEGIN BEGIN RAISE EXCEPTION 'inner %', 1 USING ERRCODE = '22012'; EXCEPTION WHEN SQLSTATE '22012' THEN RAISE NOTICE 'got %', SQLERRM; RAISE; END; EXCEPTION WHEN OTHERS THEN RAISE NOTICE 'outer %', SQLERRM; END $$;
--= ok
DO $$ BEGIN RAISE unique_violation; END $$;
--= 23505 unique_violation
DO $$ BEGIN RAISE unique_violation USING MESSAGE = 'dup: ' || 1; END $$;
--= 23505 dup: 1
DO $$ BEGIN RAISE SQLSTATE 'U0001'; END $$;
--= U0001 U0001
DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'no_data_found'; END $$;
--= P0002 no_data_found
DO $$ BEGIN RAISE 'just text %%'; END $$;
--= P0001 just text %
DO $$ BEGIN RAISE WARNING 'w %', NULL; RAISE INFO 'i'; RAISE LOG 'l'; RAISE DEBUG 'd'; END $$;
--= ok
DO $$ BEGIN ASSERT 1 = 2, 'not equal'; END $$;
--= P0004 not equal
