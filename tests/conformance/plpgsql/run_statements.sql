DO $$ BEGIN ASSERT NULL; END $$;
--= P0004 assertion failed
DO $$ DECLARE r record; BEGIN SELECT * INTO STRICT r FROM pg_class WHERE relname = 'nosuch'; EXCEPTION WHEN no_data_found THEN RAISE NOTICE 'none: %', SQLERRM; END $$;
--= ok
DO $$ DECLARE r record; BEGIN SELECT * INTO STRICT r FROM pg_class; END $$;
--= P0003 query returned more than one row
DO $$ DECLARE r record; BEGIN RAISE EXCEPTION '%', r.x; END $$;
--= 55000 record "r" is not assigned yet
DO $$ BEGIN SELECT 1; END $$;
--= 42601 query has no destination for result data
DO $$ BEGIN PERFORM 1 FROM pg_class WHERE false; RAISE NOTICE '%', FOUND; PERFORM 1; RAISE EXCEPTION '%', FOUND; END $$;
--= P0001 t
DO $$ DECLARE x int := 5; BEGIN CASE x WHEN 1, 2 THEN RAISE NOTICE 'low'; WHEN 5 THEN RAISE NOTICE 'five'; END CASE; CASE WHEN x > 3 THEN RAISE EXCEPTION 'gt'; ELSE NULL; END CASE; CASE x WHEN 9 THEN NULL; END CASE; END $$;
--= P0001 gt
DO $$ DECLARE x int := 0; BEGIN WHILE x < 3 LOOP x := x + 1; CONTINUE WHEN x = 2; RAISE NOTICE '%', x; END LOOP; LOOP x := x - 1; EXIT WHEN x < 0; END LOOP; RAISE NOTICE '%', x; END $$;
--= ok
DO $$ BEGIN FOR i IN 10..1 LOOP RAISE NOTICE 'no'; END LOOP; FOR i IN REVERSE 10..1 BY 4 LOOP RAISE NOTICE '%', i; END LOOP; FOR i IN 1..3 BY 0 LOOP NULL; END LOOP; END $$;
--= 22023 BY value of FOR loop must be greater than zero
DO $$ DECLARE q text := 'CREATE TABLE dyn (id int, v text)'; n int; BEGIN EXECUTE q; EXECUTE 'INSERT INTO dyn VALUES ($1, $2), ($1 + 1, $2)' USING 1, 'a'; GET DIAGNOSTICS n = ROW_COUNT; RAISE NOTICE '%', n; EXECUTE 'SELECT count(*) FROM dyn WHERE id > $1' INTO n USING 0; RAISE NOTICE '%', n; EXECUTE NULL; END $$;
--= 22004 query string argument of EXECUTE is null
DO $$ BEGIN EXECUTE 'SELECT 1 FROM nosuch'; EXCEPTION WHEN undefined_table THEN RAISE NOTICE '%', SQLERRM; END $$;
--= ok
DO $$ BEGIN EXECUTE 'SELEC 1'; END $$;
--= 42601 syntax error at or near "SELEC"
DO $$ DECLARE r refcursor; v int; BEGIN OPEN r FOR SELECT g FROM generate_series(1,5) g; FETCH r INTO v; RAISE NOTICE '%', v; FETCH LAST FROM r INTO v; RAISE NOTICE '%', v; FETCH RELATIVE -2 FROM r INTO v; RAISE NOTICE '%', v; MOVE NEXT FROM r; FETCH NEXT FROM r INTO v; RAISE NOTICE '% %', v, FOUND; FETCH NEXT FROM r INTO v; RAISE EXCEPTION '% %', v, FOUND; CLOSE r; END $$;
--= P0001 <NULL> f
DO $$ DECLARE r refcursor; v int; BEGIN FETCH r INTO v; END $$;
--= 22004 cursor variable "r" is null
