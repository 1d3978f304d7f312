CREATE TABLE t (id integer PRIMARY KEY, a integer, b text);
--= ok
COMMENT ON TABLE t IS 'x';
--= ok
COMMENT ON TABLE missing IS 'x';
--= 42P01 relation "missing" does not exist
COMMENT ON COLUMN t.a IS 'x';
--= ok
COMMENT ON COLUMN t.missing IS 'x';
--= 42703 column "missing" of relation "t" does not exist
COMMENT ON COLUMN missing.a IS 'x';
--= 42P01 relation "missing" does not exist
COMMENT ON CONSTRAINT t_pkey ON t IS 'x';
--= ok
COMMENT ON CONSTRAINT missing ON t IS 'x';
--= 42704 constraint "missing" for table "t" does not exist
COMMENT ON INDEX t_pkey IS 'x';
--= ok
COMMENT ON INDEX t IS 'x';
--= 42809 "t" is not an index
COMMENT ON VIEW t IS 'x';
--= 42809 "t" is not a view
COMMENT ON FUNCTION missing() IS 'x';
--= 42883 function missing() does not exist
COMMENT ON SCHEMA missing IS 'x';
--= 3F000 schema "missing" does not exist
COMMENT ON EXTENSION missing IS 'x';
--= 42704 extension "missing" does not exist
COMMENT ON TYPE missing IS 'x';
--= 42704 type "missing" does not exist
COMMENT ON TRIGGER tr ON t IS 'x';
--= 42704 trigger "tr" for table "t" does not exist
COMMENT ON POLICY p ON t IS 'x';
--= 42704 policy "p" for table "t" does not exist
COMMENT ON ROLE missing IS 'x';
--= 42704 role "missing" does not exist
CREATE STATISTICS st ON a, b FROM t;
--= ok
CREATE STATISTICS st ON a, b FROM t;
--= 42710 statistics object "st" already exists
CREATE STATISTICS IF NOT EXISTS st ON a, b FROM t;
--= ok
CREATE STATISTICS s2 ON a FROM t;
--= 42P17 extended statistics require at least 2 columns
CREATE STATISTICS s2 ON a, missing FROM t;
--= 42703 column "missing" does not exist
CREATE STATISTICS s2 (nothing) ON a, b FROM t;
--= 42601 unrecognized statistics kind "nothing"
ALTER STATISTICS st RENAME TO st2;
--= ok
ALTER STATISTICS st SET STATISTICS 10;
--= 42704 statistics object "st" does not exist
ALTER TABLE t ALTER COLUMN a SET STATISTICS 500;
--= ok
ALTER TABLE t ALTER COLUMN a SET STATISTICS -5;
--= 22023 statistics target -5 is too low
ALTER TABLE t ALTER COLUMN a SET STORAGE external;
--= 0A000 column data type integer can only have storage PLAIN
ALTER TABLE t ALTER COLUMN b SET STORAGE external;
--= ok
ALTER TABLE t ALTER COLUMN b SET STORAGE nothing;
--= 22023 invalid storage type "nothing"
ALTER TABLE t ALTER COLUMN b SET COMPRESSION pglz;
--= [-13] 42601 @34 syntax error at or near "COMPRESSION"
--= [14-] ok
ALTER TABLE t SET (fillfactor = 50, nothing = 1);
--= 22023 unrecognized parameter "nothing"
ALTER TABLE t SET (fillfactor = 500);
--= 22023 value 500 out of bounds for option "fillfactor"
ALTER TABLE t SET TABLESPACE nowhere;
--= 42704 tablespace "nowhere" does not exist
ALTER TABLE t SET UNLOGGED;
--= ok
ALTER TABLE t DROP COLUMN a;
--= ok
DROP STATISTICS st2;
--= 42704 statistics object "st2" does not exist
