-- Queries over the catalogs that guards and loops of migrations run: their rows, told in the message.
CREATE TABLE nodes (id int PRIMARY KEY, parent int REFERENCES nodes, label text NOT NULL);
--= ok
CREATE TABLE other (id int, label varchar(20), extra int);
--= ok
CREATE VIEW both_tables AS SELECT id, label FROM nodes;
--= ok
CREATE INDEX other_label ON other (label);
--= ok
-- A recursive query over dependencies, and one that counts.
DO $$ DECLARE said text := ''; total int; BEGIN
  WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT sum(n) INTO total FROM t;
  said := said || format('sum %s;', total);
  RAISE EXCEPTION '%', said;
END $$;
--= P0001 sum 5050;
DO $$ DECLARE said text := ''; total int; BEGIN
  WITH RECURSIVE t(n) AS (VALUES (1) UNION SELECT (n + 1) % 5 FROM t) SELECT count(*) INTO total FROM t;
  said := said || format('different %s;', total);
  RAISE EXCEPTION '%', said;
END $$;
--= P0001 different 5;
DO $$ DECLARE said text := ''; r record; BEGIN
  FOR r IN WITH RECURSIVE below AS (
      SELECT c.oid, c.relname, 0 AS depth FROM pg_class c WHERE c.relname = 'nodes'
      UNION ALL
      SELECT i.indexrelid, k.relname, b.depth + 1 FROM below b JOIN pg_index i ON i.indrelid = b.oid JOIN pg_class k ON k.oid = i.indexrelid)
    SELECT relname, depth FROM below ORDER BY depth, relname
  LOOP said := said || format('%s %s;', r.relname, r.depth); END LOOP;
  RAISE EXCEPTION '%', said;
END $$;
--= P0001 nodes 0;nodes_pkey 1;
-- DISTINCT ON keeps the first row of each.
DO $$ DECLARE said text := ''; r record; BEGIN
  FOR r IN SELECT DISTINCT ON (table_name) table_name, column_name FROM information_schema.columns
      WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position DESC
  LOOP said := said || format('%s.%s;', r.table_name, r.column_name); END LOOP;
  RAISE EXCEPTION '%', said;
END $$;
--= P0001 both_tables.label;nodes.label;other.extra;
DO $$ DECLARE said text := ''; r record; BEGIN
  FOR r IN SELECT DISTINCT data_type FROM information_schema.columns WHERE table_name IN ('nodes', 'other') ORDER BY 1
  LOOP said := said || format('%s;', r.data_type); END LOOP;
  RAISE EXCEPTION '%', said;
END $$;
--= P0001 character varying;integer;text;
-- Joins on both sides, with what matches none.
DO $$ DECLARE said text := ''; r record; BEGIN
  FOR r IN SELECT a.column_name AS one, b.column_name AS two
      FROM (SELECT column_name FROM information_schema.columns WHERE table_name = 'nodes') a
      FULL JOIN (SELECT column_name FROM information_schema.columns WHERE table_name = 'other') b USING (column_name)
      ORDER BY 1, 2
  LOOP said := said || format('%s %s;', r.one, r.two); END LOOP;
  RAISE EXCEPTION '%', said;
END $$;
--= P0001 id id;label label;parent ; extra;
DO $$ DECLARE said text := ''; r record; BEGIN
  FOR r IN SELECT c.relname, i.indisprimary, con.conname FROM pg_class c
      LEFT JOIN pg_index i ON i.indrelid = c.oid
      LEFT JOIN pg_constraint con ON con.conindid = i.indexrelid AND con.contype = 'p'
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'v') ORDER BY 1
  LOOP said := said || format('%s %s %s;', r.relname, r.indisprimary, r.conname); END LOOP;
  RAISE EXCEPTION '%', said;
END $$;
--= P0001 both_tables  ;nodes t nodes_pkey;other f ;
DO $$ DECLARE said text := ''; r record; BEGIN
  FOR r IN SELECT b.relname, a.attname FROM pg_attribute a RIGHT JOIN pg_class b ON a.attrelid = b.oid AND a.attname = 'extra'
      WHERE b.relname IN ('nodes', 'other') ORDER BY 1
  LOOP said := said || format('%s %s;', r.relname, r.attname); END LOOP;
  RAISE EXCEPTION '%', said;
END $$;
--= P0001 nodes ;other extra;
-- Subqueries that speak of the row outside, and that do not.
DO $$ DECLARE said text := ''; r record; BEGIN
  FOR r IN SELECT c.relname, (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) AS columns
      FROM pg_class c WHERE c.relname IN (SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema())
      AND c.relnamespace = current_schema()::regnamespace ORDER BY 1
  LOOP said := said || format('%s %s;', r.relname, r.columns); END LOOP;
  RAISE EXCEPTION '%', said;
END $$;
--= P0001 both_tables 2;nodes 3;other 3;
DO $$ DECLARE said text := ''; r record; BEGIN
  FOR r IN SELECT t.tablename FROM pg_tables t WHERE t.schemaname = current_schema()
      AND NOT EXISTS (SELECT 1 FROM information_schema.columns c WHERE c.table_schema = t.schemaname AND c.table_name = t.tablename AND c.column_name = 'extra')
  LOOP said := said || format('%s;', r.tablename); END LOOP;
  RAISE EXCEPTION '%', said;
END $$;
--= P0001 nodes;
-- An outer query's join column, from within.
DO $$ DECLARE said text := ''; total int; BEGIN
  SELECT count(*) INTO total FROM (VALUES (1), (2), (3)) a(id) JOIN (VALUES (2), (3), (4)) b(id) USING (id)
    WHERE EXISTS (SELECT 1 FROM (VALUES (3)) c(k) WHERE c.k = id);
  said := said || format('joined %s;', total);
  RAISE EXCEPTION '%', said;
END $$;
--= P0001 joined 1;
DO $$ DECLARE said text := ''; r record; BEGIN
  FOR r IN SELECT x FROM (VALUES (1), (2), (2), (3)) a(x) INTERSECT SELECT x FROM (VALUES (2), (3), (3)) b(x) ORDER BY 1
  LOOP said := said || format('common %s;', r.x); END LOOP;
  FOR r IN SELECT x FROM (VALUES (1), (2), (2), (3)) a(x) EXCEPT SELECT x FROM (VALUES (2)) b(x) ORDER BY 1
  LOOP said := said || format('left %s;', r.x); END LOOP;
  RAISE EXCEPTION '%', said;
END $$;
--= P0001 common 2;common 3;left 1;left 3;
DO $$ DECLARE said text := ''; BEGIN
  IF 3 NOT IN (SELECT x FROM (VALUES (1), (NULL)) a(x)) THEN said := said || format('never;'); ELSE said := said || format('null;'); END IF;
  IF NULL::int IN (SELECT 1 WHERE false) THEN said := said || format('never;'); ELSE said := said || format('empty;'); END IF;
  IF 'nodes' = ANY (SELECT tablename::text FROM pg_tables) THEN said := said || format('there;'); END IF;
  RAISE EXCEPTION '%', said;
END $$;
--= P0001 null;empty;there;
DO $$ DECLARE n int; BEGIN SELECT 1 INTO n FROM pg_class WHERE relname = (SELECT relname FROM pg_class WHERE relname IN ('nodes', 'other')); END $$;
--= 21000 more than one row returned by a subquery used as an expression
