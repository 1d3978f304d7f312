CREATE TABLE t (id integer);
--= ok
CREATE VIEW v AS SELECT 1 AS a;
--= ok
CREATE SEQUENCE s;
--= ok
CREATE INDEX i ON t (id);
--= ok
CREATE TYPE c AS (a integer);
--= ok
CREATE DOMAIN d AS integer;
--= ok
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
--= ok
DROP VIEW t;
--= 42809 "t" is not a view
DROP TABLE v;
--= 42809 "v" is not a table
DROP SEQUENCE t;
--= 42809 "t" is not a sequence
DROP INDEX t;
--= 42809 "t" is not an index
DROP MATERIALIZED VIEW v;
--= 42809 "v" is not a materialized view
DROP VIEW m;
--= 42809 "m" is not a view
DROP TABLE i;
--= 42809 "i" is not a table
DROP TYPE t;
--= 2BP01 cannot drop type t because table t requires it
DROP DOMAIN c;
--= 42809 "c" is not a domain
DROP TYPE d;
--= ok
DROP TABLE c;
--= 42809 "c" is not a table
DROP FOREIGN TABLE t;
--= 42809 "t" is not a foreign table
DROP VIEW IF EXISTS t;
--= 42809 "t" is not a view
ALTER VIEW t RENAME TO x;
--= 42809 "t" is not a view
ALTER SEQUENCE t RESTART;
--= [-16] 42809 "t" is not a sequence
--= [17-] 42809 cannot open relation "t"
ALTER INDEX t RENAME TO x;
--= ok
ALTER TABLE s RENAME TO s2;
--= ok
ALTER TABLE i RENAME TO i2;
--= ok
ALTER TABLE v RENAME TO v2;
--= ok
ALTER TABLE c RENAME TO c2;
--= 42809 "c" is a composite type
ALTER TYPE t RENAME TO x;
--= 42704 type "t" does not exist
ALTER TABLE v2 ADD COLUMN b integer;
--= [-14] 42809 "v2" is not a table, composite type, or foreign table
--= [15-] 42809 ALTER action ADD COLUMN cannot be performed on relation "v2"
ALTER TABLE s2 ADD COLUMN b integer;
--= [-14] 42809 "s2" is not a table, composite type, or foreign table
--= [15-] 42809 ALTER action ADD COLUMN cannot be performed on relation "s2"
ALTER TABLE i2 ADD COLUMN b integer;
--= [-14] 42809 "i2" is not a table, composite type, or foreign table
--= [15-] 42809 ALTER action ADD COLUMN cannot be performed on relation "i2"
ALTER TABLE v2 ALTER COLUMN a SET DEFAULT 1;
--= ok
TRUNCATE v2;
--= 42809 "v2" is not a table
LOCK TABLE s2;
--= 25P01 LOCK TABLE can only be used in transaction blocks
CREATE INDEX ON v2 (a);
--= [-14] 42809 "v2" is not a table or materialized view
--= [15-] 42809 cannot create index on relation "v2"
CREATE TRIGGER tr AFTER INSERT ON v2 FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
--= 42809 "v2" is a view
