CREATE TABLE t (id integer PRIMARY KEY, name text, amount numeric);
--= ok
CREATE VIEW v AS SELECT id, name FROM t;
--= ok
CREATE VIEW v AS SELECT 1;
--= 42P07 relation "v" already exists
CREATE OR REPLACE VIEW v AS SELECT id, name, amount FROM t;
--= ok
CREATE OR REPLACE VIEW v AS SELECT id FROM t;
--= 42P16 cannot drop columns from view
CREATE OR REPLACE VIEW v AS SELECT id, name AS title, amount FROM t;
--= 42P16 cannot change name of view column "name" to "title"
CREATE OR REPLACE VIEW v AS SELECT id::bigint, name, amount FROM t;
--= 42P16 cannot change data type of view column "id" from integer to bigint
CREATE VIEW w AS SELECT nothing FROM t;
--= 42703 @25 column "nothing" does not exist
CREATE VIEW w AS SELECT id, id FROM t;
--= 42701 column "id" specified more than once
CREATE VIEW w (a, b, c) AS SELECT id, name FROM t;
--= 42601 CREATE VIEW specifies more column names than columns
CREATE VIEW w AS SELECT name, sum(amount) FROM t;
--= 42803 @25 column "t.name" must appear in the GROUP BY clause or be used in an aggregate function
CREATE VIEW w AS SELECT id, name, sum(amount) FROM t GROUP BY id;
--= ok
DROP TABLE t;
--= 2BP01 cannot drop table t because other objects depend on it
ALTER TABLE t DROP COLUMN name;
--= 2BP01 cannot drop column name of table t because other objects depend on it
ALTER TABLE t ALTER COLUMN amount TYPE integer;
--= 0A000 cannot alter type of a column used by a view or rule
CREATE MATERIALIZED VIEW m AS SELECT name, count(*) AS n FROM t GROUP BY name;
--= ok
REFRESH MATERIALIZED VIEW CONCURRENTLY m;
--= 55000 cannot refresh materialized view "public.m" concurrently
REFRESH MATERIALIZED VIEW v;
--= 42809 "v" is not a table or materialized view
DROP VIEW m;
--= 42809 "m" is not a view
DROP MATERIALIZED VIEW v;
--= 42809 "v" is not a materialized view
