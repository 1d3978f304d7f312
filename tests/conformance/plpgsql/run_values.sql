DO $$ DECLARE x int := 1; BEGIN x := x + 1; RAISE EXCEPTION '%', x; END $$;
--= P0001 2
DO $$ DECLARE x text := 'a'; BEGIN x := x || 'b' || 1; RAISE EXCEPTION '%', x; END $$;
--= P0001 ab1
DO $$ DECLARE x int; BEGIN RAISE EXCEPTION '%', x; END $$;
--= P0001 <NULL>
DO $$ DECLARE x numeric := 1.50; BEGIN RAISE EXCEPTION '%', x * 2; END $$;
--= P0001 3.00
DO $$ DECLARE x int := '12'; BEGIN RAISE EXCEPTION '%', x; END $$;
--= P0001 12
DO $$ DECLARE x int := 'abc'; BEGIN NULL; END $$;
--= 22P02 invalid input syntax for type integer: "abc"
DO $$ DECLARE x int := 1.6; BEGIN RAISE EXCEPTION '%', x; END $$;
--= P0001 2
DO $$ DECLARE x boolean := 'yes'; BEGIN RAISE EXCEPTION '%', x; END $$;
--= P0001 t
DO $$ DECLARE x varchar(3) := 'abcdef'; BEGIN RAISE EXCEPTION '%', x; END $$;
--= 22001 value too long for type character varying(3)
DO $$ DECLARE x int[] := ARRAY[1,2,3]; BEGIN RAISE EXCEPTION '%', x[2]; END $$;
--= P0001 2
DO $$ DECLARE x int[] := ARRAY[1,2,3]; BEGIN x[2] := 9; RAISE EXCEPTION '%', x; END $$;
--= P0001 {1,9,3}
DO $$ DECLARE x text[]; BEGIN x := array_append(x, 'a'); x := x || 'b'; RAISE EXCEPTION '%', array_to_string(x, '-'); END $$;
--= 22P02 malformed array literal: "b"
DO $$ DECLARE r record; BEGIN SELECT 1 AS a, 'x' AS b INTO r; RAISE EXCEPTION '%', r.a || r.b; END $$;
--= P0001 1x
DO $$ DECLARE r record; BEGIN RAISE EXCEPTION '%', r.a; END $$;
--= 55000 record "r" is not assigned yet
DO $$ DECLARE r record; BEGIN r := ROW(1, 2); RAISE EXCEPTION '%', r; END $$;
--= P0001 (1,2)
DO $$ DECLARE a int; b text; BEGIN SELECT 1, 'x' INTO a, b; RAISE EXCEPTION '%', a || b; END $$;
--= P0001 1x
DO $$ DECLARE x CONSTANT int := 5; BEGIN RAISE EXCEPTION '%', x; END $$;
--= P0001 5
DO $$ DECLARE x int NOT NULL := 1; BEGIN x := NULL; END $$;
--= 22004 null value cannot be assigned to variable "x" declared NOT NULL
DO $$ <<b>> DECLARE x int := 1; BEGIN DECLARE x int := 2; BEGIN RAISE EXCEPTION '%', b.x + x; END; END $$;
--= P0001 3
DO $$ BEGIN RAISE EXCEPTION '%', current_database() IS NOT NULL; END $$;
--= P0001 t
DO $$ DECLARE x int := 1; y ALIAS FOR x; BEGIN y := 3; RAISE EXCEPTION '%', x; END $$;
--= P0001 3
DO $$ DECLARE x date := '2024-02-30'; BEGIN NULL; END $$;
--= 22008 date/time field value out of range: "2024-02-30"
DO $$ DECLARE x date := '2024-02-28'; BEGIN RAISE EXCEPTION '%', x + 1; END $$;
--= P0001 2024-02-29
DO $$ BEGIN RAISE EXCEPTION '% % %%', 1, 'two'; END $$;
--= P0001 1 two %
DO $$ BEGIN PERFORM 1 / 0; END $$;
--= 22012 division by zero
DO $$ DECLARE x int; BEGIN x := 1 / 0; END $$;
--= 22012 division by zero
DO $$ BEGIN PERFORM nosuch(); END $$;
--= 42883 function nosuch() does not exist
DO $$ BEGIN PERFORM nosuch FROM pg_class; END $$;
--= 42703 column "nosuch" does not exist
DO $$ BEGIN INSERT INTO nosuch VALUES (1); END $$;
--= 42P01 relation "nosuch" does not exist
