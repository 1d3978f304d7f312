DO $$ DECLARE j jsonb := '{"a": {"b": [1, "x", null]}, "c": 2.50}'; BEGIN RAISE EXCEPTION '% % % %', j->'a', j->>'c', j#>>'{a,b,1}', j#>'{a,b,-1}'; END $$;
--= P0001 {"b": [1, "x", null]} 2.50 x null
DO $$ DECLARE j jsonb := '{"a": {"b": [1, "x", null]}, "c": 2.50}'; BEGIN RAISE EXCEPTION '% %', j ? 'a', j @> '{"c": 2.50}'; END $$;
--= P0001 t t
DO $$ DECLARE j jsonb := '{"a": {"b": [1, "x", null]}, "c": 2.50}'; BEGIN RAISE EXCEPTION '%', j - 'a'; END $$;
--= P0001 {"c": 2.50}
DO $$ DECLARE j jsonb := '{"a": {"b": [1, "x", null]}, "c": 2.50}'; BEGIN RAISE EXCEPTION '%', j || '{"z": true, "c": 1}'; END $$;
--= P0001 {"a": {"b": [1, "x", null]}, "c": 1, "z": true}
DO $$ DECLARE j jsonb := '{"a": {"b": [1, "x", null]}, "c": 2.50}'; BEGIN RAISE EXCEPTION '%', jsonb_set(j, '{a,b,0}', '"q"'); END $$;
--= P0001 {"a": {"b": ["q", "x", null]}, "c": 2.50}
DO $$ DECLARE j jsonb := '{"a": {"b": [1, "x", null]}, "c": 2.50}'; BEGIN RAISE EXCEPTION '%', jsonb_typeof(j->'a'); END $$;
--= P0001 object
DO $$ DECLARE k text; v text; BEGIN FOR k, v IN SELECT key, value FROM jsonb_each_text('{"b": "x", "a": null, "cc": 1.0}') LOOP RAISE NOTICE '% %', k, v; END LOOP; FOR k IN SELECT jsonb_object_keys('{"b":1,"a":2}') LOOP RAISE NOTICE '%', k; END LOOP; END $$;
--= ok
DO $$ BEGIN RAISE EXCEPTION '%', jsonb_build_array(1, 'a', NULL, ARRAY['x']); END $$;
--= P0001 [1, "a", null, ["x"]]
DO $$ BEGIN RAISE EXCEPTION '%', row_to_json(ROW(1, 'x')); END $$;
--= P0001 {"f1":1,"f2":"x"}
DO $$ BEGIN RAISE EXCEPTION '%', to_json('he said "x"'::text); END $$;
--= P0001 "he said \"x\""
DO $$ BEGIN RAISE EXCEPTION '%', to_jsonb(1.50); END $$;
--= P0001 1.50
DO $$ BEGIN RAISE EXCEPTION '%', to_json('2024-01-02 03:04:05'::timestamp); END $$;
--= P0001 "2024-01-02T03:04:05"
DO $$ BEGIN RAISE EXCEPTION '%', array_to_json('{{1,2},{3,4}}'::int[]); END $$;
--= P0001 [[1,2],[3,4]]
CREATE TABLE t (id int, name text, d date, n numeric(5,2), ok boolean, tags text[]);
--= ok
INSERT INTO t VALUES (1, 'a', '2024-01-01', 1.5, true, '{x,y}'), (2, NULL, NULL, NULL, NULL, NULL);
--= ok
DO $$ DECLARE r record; j jsonb; BEGIN FOR r IN SELECT * FROM t LOOP RAISE NOTICE '%', to_jsonb(r); RAISE NOTICE '%', row_to_json(r); END LOOP; SELECT jsonb_agg(t) INTO j FROM t; RAISE NOTICE '%', j; SELECT json_agg(x) INTO j FROM (SELECT id, name FROM t ORDER BY id DESC) x; RAISE NOTICE '%', j; SELECT jsonb_object_agg(id, name) INTO j FROM t; RAISE NOTICE '%', j; RAISE NOTICE '%', (SELECT json_agg(id) FROM t); RAISE NOTICE '%', (SELECT json_object_agg(id, ok) FROM t); RAISE NOTICE '%', (SELECT json_agg(t) FROM t); END $$;
--= ok
DO $$ BEGIN RAISE EXCEPTION '%', json_array_length('[1,2,3]'); END $$;
--= P0001 3
DO $$ BEGIN RAISE EXCEPTION '%', jsonb_array_length('{"a":1}'); END $$;
--= 22023 cannot get array length of a non-array
DO $$ BEGIN PERFORM jsonb_array_elements('{"a":1}'); END $$;
--= 22023 cannot extract elements from an object
DO $$ DECLARE cfg jsonb := '{"tables": [{"name": "aa", "cols": ["id int", "v text"]}, {"name": "bb", "cols": ["x int"]}]}'; t jsonb; BEGIN FOR t IN SELECT * FROM jsonb_array_elements(cfg->'tables') LOOP EXECUTE format('CREATE TABLE %I (%s)', t->>'name', (SELECT string_agg(c, ', ') FROM jsonb_array_elements_text(t->'cols') AS c)); END LOOP; END $$;
--= ok
SELECT id, v FROM aa;
--= ok
SELECT x FROM bb;
--= ok
DO $$ BEGIN RAISE EXCEPTION '%', '{"a": 1}'::jsonb = '{"a":1}'::jsonb; END $$;
--= P0001 t
DO $$ BEGIN RAISE EXCEPTION '%', '{"a":  1}'::json->>'a'; END $$;
--= P0001 1
DO $$ BEGIN RAISE EXCEPTION '%', ('[1, {"b":  2}]'::json)->1; END $$;
--= P0001 {"b":  2}
DO $$ BEGIN RAISE EXCEPTION '%', '{"a": 1.0}'::jsonb; END $$;
--= P0001 {"a": 1.0}
DO $$ BEGIN RAISE EXCEPTION '%', ('{"n": 5}'::jsonb->>'n')::int + 1; END $$;
--= P0001 6
DO $$ BEGIN RAISE EXCEPTION '%', ('{"n": 5}'::jsonb->'n')::int + 1; END $$;
--= P0001 6
DO $$ BEGIN RAISE EXCEPTION '%', 'abc'::jsonb; END $$;
--= 22P02 invalid input syntax for type json
DO $$ BEGIN RAISE EXCEPTION '%', json_build_object('a'); END $$;
--= 22023 argument list must have even number of elements
DO $$ BEGIN RAISE EXCEPTION '%', jsonb_build_object(NULL, 1); END $$;
--= 22023 argument 1: key must not be null
DO $$ BEGIN RAISE NOTICE '%', (SELECT jsonb_object_agg(key, value) FROM jsonb_each('{"a":1,"b":2}') WHERE key <> 'a'); RAISE EXCEPTION '%', jsonb_build_object('t', 't'::regclass, 'o', 5::oid, 'c', 'x'::"char"); END $$;
--= P0001 {"c": "x", "o": "5", "t": "t"}
