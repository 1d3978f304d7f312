-- SQL functions with bodies that need keys.
-- versions: 14-
CREATE TABLE g (id int PRIMARY KEY, x text);
CREATE FUNCTION needs_key() RETURNS SETOF text LANGUAGE sql BEGIN ATOMIC SELECT x FROM g GROUP BY id; END;
CREATE FUNCTION needs_key2() RETURNS SETOF text LANGUAGE sql BEGIN ATOMIC SELECT needs_key(); END;
COMMENT ON FUNCTION needs_key() IS 'c';
CREATE FUNCTION up(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC INSERT INTO g AS gg (id, x) VALUES (a, 'x') ON CONFLICT (id) DO UPDATE SET x = excluded.x WHERE gg.x <> 'q' RETURNING gg.id; END;
CREATE PROCEDURE pr(a int) BEGIN ATOMIC UPDATE g SET (id, x) = (SELECT id + 1, x) WHERE id = a; DELETE FROM g USING pg_class c WHERE c.relname = g.x; END;
