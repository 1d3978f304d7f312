CREATE TABLE src (id integer, n integer);
--= ok
CREATE MATERIALIZED VIEW mv AS SELECT n, count(*) AS c FROM src GROUP BY n;
--= ok
CREATE MATERIALIZED VIEW mv AS SELECT 1;
--= 42P07 relation "mv" already exists
CREATE MATERIALIZED VIEW IF NOT EXISTS mv AS SELECT 1;
--= ok
REFRESH MATERIALIZED VIEW CONCURRENTLY mv;
--= 55000 cannot refresh materialized view "public.mv" concurrently
CREATE UNIQUE INDEX ON mv (n);
--= ok
REFRESH MATERIALIZED VIEW CONCURRENTLY mv;
--= ok
REFRESH MATERIALIZED VIEW src;
--= 0A000 "src" is not a materialized view
REFRESH MATERIALIZED VIEW missing;
--= 42P01 relation "missing" does not exist
CREATE MATERIALIZED VIEW empty AS SELECT * FROM src WITH NO DATA;
--= ok
SELECT * FROM empty;
--= 55000 materialized view "empty" has not been populated
REFRESH MATERIALIZED VIEW CONCURRENTLY empty;
--= 0A000 CONCURRENTLY cannot be used when the materialized view is not populated
INSERT INTO mv VALUES (1, 1);
--= 42809 cannot change materialized view "mv"
ALTER TABLE src DROP COLUMN n;
--= 2BP01 cannot drop column n of table src because other objects depend on it
ALTER MATERIALIZED VIEW mv RENAME COLUMN c TO cnt;
--= ok
ALTER MATERIALIZED VIEW mv RENAME TO src;
--= 42P07 relation "src" already exists
DROP VIEW mv;
--= 42809 "mv" is not a view
DROP MATERIALIZED VIEW src;
--= 42809 "src" is not a materialized view
ALTER TABLE mv ADD COLUMN x integer;
--= [-14] 42809 "mv" is not a table, composite type, or foreign table
--= [15-] 42809 ALTER action ADD COLUMN cannot be performed on relation "mv"
ALTER TABLE mv OWNER TO CURRENT_USER;
--= ok
SELECT * FROM mv FOR UPDATE;
--= 42809 cannot lock rows in materialized view "mv"
CREATE TRIGGER t BEFORE INSERT ON mv FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
--= [-14] 42809 "mv" is not a table or view
--= [15-] 42809 relation "mv" cannot have triggers
TRUNCATE mv;
--= 42809 "mv" is not a table
DROP TABLE src;
--= 2BP01 cannot drop table src because other objects depend on it
DROP TABLE src CASCADE;
--= ok
