CREATE TABLE t (id integer, tags text[], doc jsonb, name text, p point);
--= ok
CREATE INDEX t_id ON t (id);
--= ok
CREATE INDEX t_id ON t (name);
--= 42P07 relation "t_id" already exists
CREATE INDEX IF NOT EXISTS t_id ON t (name);
--= ok
CREATE INDEX ON t (nothing);
--= 42703 column "nothing" does not exist
CREATE INDEX ON nowhere (id);
--= 42P01 relation "nowhere" does not exist
CREATE INDEX ON t USING gin (id);
--= 42704 data type integer has no default operator class for access method "gin"
CREATE INDEX ON t USING gin (tags);
--= ok
CREATE INDEX ON t USING nosuchmethod (id);
--= 42704 access method "nosuchmethod" does not exist
CREATE INDEX ON t (p);
--= 42704 data type point has no default operator class for access method "btree"
CREATE INDEX ON t (doc jsonb_path_ops);
--= 42704 operator class "jsonb_path_ops" does not exist for access method "btree"
CREATE INDEX ON t USING gin (doc jsonb_path_ops);
--= ok
CREATE INDEX ON t (lower(name));
--= ok
CREATE INDEX ON t (lower(id));
--= 42883 @20 function lower(integer) does not exist
CREATE INDEX ON t (random());
--= 42P17 functions in index expression must be marked IMMUTABLE
CREATE INDEX ON t (id) WHERE name = 1;
--= 42883 @35 operator does not exist: text = integer
CREATE INDEX ON t (id) WHERE now() > '2020-01-01';
--= 42P17 functions in index predicate must be marked IMMUTABLE
CREATE UNIQUE INDEX ON t USING gin (tags);
--= 0A000 access method "gin" does not support unique indexes
CREATE INDEX ON t (id) INCLUDE (name);
--= ok
CREATE INDEX ON t USING hash (id, name);
--= 0A000 access method "hash" does not support multicolumn indexes
