CREATE TABLE t1 (a int, b text, c numeric(6,2));
--= ok
CREATE FUNCTION f_out(IN x int, OUT y int, OUT z text) LANGUAGE plpgsql AS $$ BEGIN y := x * 2; z := 'v' || x; END $$;
--= ok
DO $$ DECLARE r record; y int; BEGIN SELECT * INTO r FROM f_out(4); RAISE NOTICE '% %', r.y, r.z; SELECT f_out(5) INTO r; RAISE NOTICE '%', r; y := (f_out(6)).y; RAISE EXCEPTION '%', y; END $$;
--= P0001 12
CREATE FUNCTION f_tab(n int) RETURNS TABLE (id int, name text) LANGUAGE plpgsql AS $$ BEGIN FOR i IN 1..n LOOP id := i; name := 'n' || i; RETURN NEXT; END LOOP; RETURN; END $$;
--= ok
DO $$ DECLARE r record; s text := ''; BEGIN FOR r IN SELECT * FROM f_tab(3) LOOP s := s || r.id || r.name || ','; END LOOP; RAISE NOTICE '%', s; END $$;
--= ok
CREATE FUNCTION f_set() RETURNS SETOF t1 LANGUAGE plpgsql AS $$ DECLARE r t1; BEGIN r.a := 1; r.b := 'x'; RETURN NEXT r; r.a := 2; RETURN NEXT r; RETURN QUERY SELECT 3, 'q', 1.5; END $$;
--= ok
SELECT * FROM f_set();
--= 42804 structure of query does not match function result type
CREATE FUNCTION f_set2() RETURNS SETOF t1 LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT 3, 'q'::text, 1.5::numeric(6,2); END $$;
--= ok
SELECT * FROM f_set2();
--= ok
DO $$ DECLARE r t1%ROWTYPE; BEGIN FOR r IN SELECT * FROM f_set2() LOOP RAISE NOTICE '%', r; END LOOP; END $$;
--= ok
CREATE FUNCTION f_rq(tbl text) RETURNS SETOF record LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE format('SELECT relname::text, relnatts::int FROM pg_class WHERE relname = %L', tbl); END $$;
--= ok
SELECT * FROM f_rq('t1') AS x(n text, a int);
--= ok
SELECT * FROM f_rq('t1');
--= 42601 @15 a column definition list is required for functions returning "record"
DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM f_rq('t1') AS x(n text, a int) LOOP RAISE NOTICE '% %', r.n, r.a; END LOOP; END $$;
--= ok
CREATE FUNCTION f_arr(VARIADIC v int[]) RETURNS int LANGUAGE plpgsql AS $$ DECLARE s int := 0; x int; BEGIN FOREACH x IN ARRAY v LOOP s := s + x; END LOOP; RETURN s; END $$;
--= ok
DO $$ BEGIN RAISE NOTICE '%', f_arr(1,2,3); RAISE EXCEPTION '%', f_arr(VARIADIC ARRAY[4,5]); END $$;
--= P0001 9
CREATE FUNCTION f_poly(a anyelement, b anyelement) RETURNS anyelement LANGUAGE plpgsql AS $$ DECLARE c ALIAS FOR $1; d a%TYPE; BEGIN d := b; IF c > d THEN RETURN c; END IF; RETURN d; END $$;
--= ok
DO $$ BEGIN RAISE EXCEPTION '% %', f_poly(1, 2), f_poly('b'::text, 'a'::text); END $$;
--= P0001 2 b
CREATE FUNCTION f_def(a int, b int DEFAULT 10, c text DEFAULT 'x') RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN a || ':' || b || ':' || c; END $$;
--= ok
DO $$ BEGIN RAISE EXCEPTION '% % %', f_def(1), f_def(1, c => 'z'), f_def(b := 2, a := 3); END $$;
--= P0001 1:10:x 1:10:z 3:2:x
CREATE FUNCTION f_json(j jsonb) RETURNS text LANGUAGE plpgsql AS $$ DECLARE k text; v jsonb; s text := ''; BEGIN FOR k, v IN SELECT * FROM jsonb_each(j) LOOP s := s || k || '=' || v || ';'; END LOOP; RETURN s; END $$;
--= ok
DO $$ BEGIN RAISE EXCEPTION '%', f_json('{"a": 1, "b": [1,2], "c": {"d": null}}'); END $$;
--= P0001 a=1;b=[1, 2];c={"d": null};
DO $$ DECLARE j jsonb := '[]'; BEGIN FOR i IN 1..3 LOOP j := j || jsonb_build_object('i', i, 'sq', i*i); END LOOP; RAISE NOTICE '%', j; RAISE NOTICE '%', jsonb_array_length(j); RAISE NOTICE '%', j->1->>'sq'; END $$;
--= ok
DO $$ DECLARE j jsonb; r record; BEGIN SELECT jsonb_agg(jsonb_build_object('n', relname) ORDER BY relname) INTO j FROM pg_class WHERE relname IN ('t1'); RAISE NOTICE '%', j; j := to_jsonb(row(1,'a')); RAISE NOTICE '%', j; SELECT row_to_json(x) INTO r FROM (SELECT 1 AS a, 'b' AS b) x; RAISE EXCEPTION '%', r; END $$;
--= P0001 ("{""a"":1,""b"":""b""}")
DO $$ DECLARE j json := '{"tables": ["a","b"]}'; t text; BEGIN FOR t IN SELECT json_array_elements_text(j->'tables') LOOP RAISE NOTICE 'table %', t; EXECUTE format('CREATE TABLE %I (id int)', t); END LOOP; END $$;
--= ok
DROP TABLE a, b;
--= ok
