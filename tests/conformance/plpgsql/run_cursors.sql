CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL, n numeric(10,2) DEFAULT 0);
--= ok
DO $$ DECLARE c CURSOR FOR SELECT v FROM (VALUES (1), (2), (3)) q (v); n int := 0; BEGIN FOR r IN c LOOP n := n + r.v; END LOOP; RAISE EXCEPTION '%', n; END $$;
--= P0001 6
DO $$ DECLARE c CURSOR (lim int) FOR SELECT v FROM (VALUES (1), (2), (3)) q (v) WHERE v <= lim; n int := 0; BEGIN FOR r IN c(2) LOOP n := n + r.v; END LOOP; RAISE EXCEPTION '%', n; END $$;
--= P0001 3
DO $$ DECLARE c refcursor; x int; n int := 0; BEGIN OPEN c FOR SELECT v FROM (VALUES (1), (2), (3)) q (v); LOOP FETCH c INTO x; EXIT WHEN NOT FOUND; n := n + x; END LOOP; CLOSE c; RAISE EXCEPTION '%', n; END $$;
--= P0001 6
DO $$ DECLARE c refcursor; r record; BEGIN OPEN c FOR EXECUTE 'SELECT 7 AS a, 8 AS b'; FETCH c INTO r; RAISE EXCEPTION '% %', r.a, r.b; END $$;
--= P0001 7 8
DO $$ DECLARE c CURSOR FOR SELECT table_name::text AS n FROM information_schema.tables WHERE table_schema = 'public'; BEGIN FOR r IN c LOOP EXECUTE format('ALTER TABLE %I ADD COLUMN by_cursor int', r.n); END LOOP; END $$;
--= ok
DO $$ DECLARE c refcursor; x int; BEGIN FETCH c INTO x; END $$;
--= 22004 cursor variable "c" is null
DO $$ DECLARE c CURSOR FOR SELECT 1; BEGIN OPEN c; OPEN c; END $$;
--= [-15] 42P03 cursor "c" already in use
--= [16-] 42P03 cursor "<unnamed portal 6>" already in use
DO $$ DECLARE c refcursor; BEGIN CLOSE c; END $$;
--= 22004 cursor variable "c" is null
DO $$ DECLARE c CURSOR FOR SELECT nosuch FROM t; BEGIN OPEN c; END $$;
--= 42703 column "nosuch" does not exist
DO $$ DECLARE c SCROLL CURSOR FOR SELECT v FROM (VALUES (1), (2), (3)) q (v); x int; BEGIN OPEN c; FETCH LAST FROM c INTO x; RAISE EXCEPTION '%', x; END $$;
--= P0001 3
DO $$ DECLARE c SCROLL CURSOR FOR SELECT v FROM (VALUES (1), (2), (3)) q (v); x int; BEGIN OPEN c; MOVE FORWARD 2 FROM c; FETCH c INTO x; RAISE EXCEPTION '% %', x, FOUND; END $$;
--= P0001 3 t
DO $$ DECLARE c CURSOR (a int, b int) FOR SELECT a * 10 + b AS v; x int; BEGIN OPEN c(b := 1, a := 2); FETCH c INTO x; RAISE EXCEPTION '%', x; END $$;
--= P0001 21
SELECT by_cursor FROM t;
--= ok
