CREATE TABLE t (id integer, name text);
--= ok
COMMENT ON TABLE t IS 'a table';
--= ok
COMMENT ON TABLE nowhere IS 'none';
--= 42P01 relation "nowhere" does not exist
COMMENT ON COLUMN t.name IS 'a column';
--= ok
COMMENT ON COLUMN t.nothing IS 'none';
--= 42703 column "nothing" of relation "t" does not exist
COMMENT ON FUNCTION nothing(integer) IS 'none';
--= 42883 function nothing(integer) does not exist
COMMENT ON TYPE nothing IS 'none';
--= 42704 type "nothing" does not exist
COMMENT ON INDEX t IS 'no index';
--= 42809 "t" is not an index
ALTER TABLE t RENAME TO u;
--= ok
ALTER TABLE t RENAME TO w;
--= 42P01 relation "t" does not exist
ALTER TABLE u RENAME TO u;
--= 42P07 relation "u" already exists
CREATE INDEX i ON u (id);
--= ok
ALTER INDEX i RENAME TO j;
--= ok
ALTER INDEX i RENAME TO k;
--= 42P01 relation "i" does not exist
ALTER TABLE j RENAME TO k;
--= ok
ALTER VIEW u RENAME TO x;
--= 42809 "u" is not a view
ALTER TABLE u SET SCHEMA nowhere;
--= 3F000 schema "nowhere" does not exist
ALTER TABLE u OWNER TO nobody_at_all;
--= 42704 role "nobody_at_all" does not exist
