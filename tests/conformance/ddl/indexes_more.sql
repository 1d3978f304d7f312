CREATE TABLE x (id integer, name text, doc jsonb, j json, tags text[], loc point, ip inet, ts timestamptz);
--= ok
CREATE INDEX ON x USING gin (doc);
--= ok
CREATE INDEX ON x USING gin (doc jsonb_path_ops);
--= ok
CREATE INDEX ON x USING gin (name);
--= 42704 data type text has no default operator class for access method "gin"
CREATE INDEX ON x USING gin (name gin_trgm_ops);
--= 42704 operator class "gin_trgm_ops" does not exist for access method "gin"
CREATE INDEX ON x USING gist (name);
--= 42704 data type text has no default operator class for access method "gist"
CREATE INDEX ON x (j);
--= 42704 data type json has no default operator class for access method "btree"
CREATE INDEX ON x ((j->>'a'));
--= ok
CREATE INDEX ON x ((doc->'a'->>'b'));
--= ok
CREATE INDEX ON x (date_trunc('day', ts));
--= 42P17 functions in index expression must be marked IMMUTABLE
CREATE INDEX ON x (date_trunc('day', ts, 'UTC'));
--= [-15] 42P17 functions in index expression must be marked IMMUTABLE
--= [16-] ok
CREATE INDEX ON x ((ts::date));
--= 42P17 functions in index expression must be marked IMMUTABLE
CREATE INDEX ON x (now());
--= 42P17 functions in index expression must be marked IMMUTABLE
CREATE INDEX ON x (missing);
--= 42703 column "missing" does not exist
CREATE INDEX ON missing (id);
--= 42P01 relation "missing" does not exist
CREATE INDEX CONCURRENTLY cic ON x (id);
--= ok
CREATE INDEX cic ON x (id);
--= 42P07 relation "cic" already exists
CREATE INDEX IF NOT EXISTS cic ON x (id);
--= ok
CREATE INDEX ON x (id) WHERE missing > 1;
--= 42703 @30 column "missing" does not exist
CREATE INDEX ON x (id) WHERE now() > ts;
--= 42P17 functions in index predicate must be marked IMMUTABLE
CREATE INDEX ON x USING nothing (id);
--= 42704 access method "nothing" does not exist
CREATE INDEX ON x USING hash (id, name);
--= 0A000 access method "hash" does not support multicolumn indexes
CREATE UNIQUE INDEX ON x USING hash (id);
--= 0A000 access method "hash" does not support unique indexes
CREATE UNIQUE INDEX ON x (id) INCLUDE (name);
--= ok
CREATE INDEX ON x USING gin (tags) INCLUDE (id);
--= 0A000 access method "gin" does not support included columns
CREATE INDEX ON x (name text_pattern_ops, id DESC NULLS LAST);
--= ok
CREATE INDEX ON x (id text_pattern_ops);
--= 42804 operator class "text_pattern_ops" does not accept data type integer
CREATE INDEX ON x (id) WITH (fillfactor = 5);
--= 22023 value 5 out of bounds for option "fillfactor"
CREATE INDEX ON x (id) WITH (nothing = 5);
--= 22023 unrecognized parameter "nothing"
CREATE INDEX ON x (id) TABLESPACE nowhere;
--= 42704 tablespace "nowhere" does not exist
CREATE INDEX ON x (lower(name) COLLATE "C");
--= ok
CREATE INDEX ON x (id COLLATE "C");
--= 42804 collations are not supported by type integer
