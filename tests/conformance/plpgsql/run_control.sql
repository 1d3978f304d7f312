DO $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION '%', 'then'; ELSE RAISE EXCEPTION '%', 'else'; END IF; END $$;
--= P0001 then
DO $$ BEGIN IF NULL THEN RAISE EXCEPTION '%', 'then'; ELSE RAISE EXCEPTION '%', 'else'; END IF; END $$;
--= P0001 else
DO $$ BEGIN IF false THEN NULL; ELSIF true THEN RAISE EXCEPTION '%', 'elsif'; END IF; END $$;
--= P0001 elsif
DO $$ BEGIN CASE 2 WHEN 1 THEN RAISE EXCEPTION '%', 'one'; WHEN 2, 3 THEN RAISE EXCEPTION '%', 'two'; END CASE; END $$;
--= P0001 two
DO $$ BEGIN CASE 9 WHEN 1 THEN NULL; END CASE; END $$;
--= 20000 case not found
DO $$ BEGIN CASE WHEN false THEN NULL; ELSE RAISE EXCEPTION '%', 'else'; END CASE; END $$;
--= P0001 else
DO $$ DECLARE n int := 0; BEGIN FOR i IN 1..4 LOOP n := n + i; END LOOP; RAISE EXCEPTION '%', n; END $$;
--= P0001 10
DO $$ DECLARE n text := ''; BEGIN FOR i IN REVERSE 5..1 BY 2 LOOP n := n || i; END LOOP; RAISE EXCEPTION '%', n; END $$;
--= P0001 531
DO $$ DECLARE n int := 0; BEGIN WHILE n < 7 LOOP n := n + 2; END LOOP; RAISE EXCEPTION '%', n; END $$;
--= P0001 8
DO $$ DECLARE n int := 0; BEGIN LOOP n := n + 1; EXIT WHEN n = 5; END LOOP; RAISE EXCEPTION '%', n; END $$;
--= P0001 5
DO $$ DECLARE n int := 0; BEGIN FOR i IN 1..10 LOOP CONTINUE WHEN i % 2 = 0; n := n + i; END LOOP; RAISE EXCEPTION '%', n; END $$;
--= P0001 25
DO $$ DECLARE n int := 0; BEGIN <<o>> FOR i IN 1..3 LOOP FOR j IN 1..3 LOOP CONTINUE o WHEN j = 2; n := n + 1; END LOOP; END LOOP; RAISE EXCEPTION '%', n; END $$;
--= P0001 3
DO $$ DECLARE n int := 0; BEGIN <<o>> FOR i IN 1..3 LOOP FOR j IN 1..3 LOOP EXIT o WHEN j = 2; n := n + 1; END LOOP; END LOOP; RAISE EXCEPTION '%', n; END $$;
--= P0001 1
DO $$ BEGIN FOR i IN 1..0 LOOP NULL; END LOOP; RAISE EXCEPTION '%', FOUND; END $$;
--= P0001 f
DO $$ BEGIN FOR i IN 1..1 LOOP NULL; END LOOP; RAISE EXCEPTION '%', FOUND; END $$;
--= P0001 t
DO $$ DECLARE x int; s text := ''; BEGIN FOREACH x IN ARRAY ARRAY[3,1,2] LOOP s := s || x; END LOOP; RAISE EXCEPTION '%', s; END $$;
--= P0001 312
DO $$ DECLARE r record; s text := ''; BEGIN FOR r IN SELECT v FROM (VALUES ('a'), ('b')) AS q (v) LOOP s := s || r.v; END LOOP; RAISE EXCEPTION '%', s; END $$;
--= P0001 ab
DO $$ BEGIN <<b>> BEGIN EXIT b; RAISE EXCEPTION '%', 'no'; END; RAISE EXCEPTION '%', 'left'; END $$;
--= P0001 left
DO $$ BEGIN FOR i IN 1..NULL LOOP NULL; END LOOP; END $$;
--= 22004 upper bound of FOR loop cannot be null
DO $$ BEGIN FOR i IN 1..3 BY 0 LOOP NULL; END LOOP; END $$;
--= 22023 BY value of FOR loop must be greater than zero
DO $$ BEGIN RETURN; RAISE EXCEPTION 'no'; END $$;
--= ok
DO $$ DECLARE x int; BEGIN FOREACH x IN ARRAY NULL::int[] LOOP NULL; END LOOP; END $$;
--= 22004 FOREACH expression must not be null
DO $$ DECLARE i int := 7; BEGIN FOR i IN 1..2 LOOP NULL; END LOOP; RAISE EXCEPTION '%', i; END $$;
--= P0001 7
