-- More syntax that PostgreSQL 17 brought.
CREATE TABLE t (a int, b text);
--= ok
EXPLAIN (SERIALIZE) SELECT 1;
--= [-16] 42601 @10 unrecognized EXPLAIN option "serialize"
--= [17-] 22023 EXPLAIN option SERIALIZE requires ANALYZE
EXPLAIN (MEMORY) SELECT 1;
--= [-16] 42601 @10 unrecognized EXPLAIN option "memory"
--= [17-] ok
ALTER TABLE t SET ACCESS METHOD DEFAULT;
--= [-14] 42601 @19 syntax error at or near "ACCESS"
--= [15-16] 42601 @33 syntax error at or near "DEFAULT"
--= [17-] ok
GRANT MAINTAIN ON t TO postgres;
--= [-16] 42601 unrecognized privilege type "maintain"
--= [17-] ok
CREATE TABLE pi (a int GENERATED ALWAYS AS IDENTITY, b int) PARTITION BY LIST (b);
--= ok
CREATE TABLE px (a int, b int4range, EXCLUDE USING gist (b WITH =)) PARTITION BY LIST (b);
--= [-16] 0A000 @38 exclusion constraints are not supported on partitioned tables
--= [17-] ok
CREATE COLLATION cc (provider = builtin, locale = 'C.UTF-8');
--= [-16] 42P17 unrecognized collation provider: builtin
--= [17-] ok
VACUUM (ONLY_DATABASE_STATS);
--= [-15] 42601 @9 unrecognized VACUUM option "only_database_stats"
--= [16-] ok
ALTER TABLE t SPLIT PARTITION a INTO (PARTITION b FOR VALUES IN (1), PARTITION c FOR VALUES IN (2));
--= 42601 @15 syntax error at or near "SPLIT"
CREATE EVENT TRIGGER et ON login EXECUTE FUNCTION nope();
--= [-16] 42601 unrecognized event name "login"
--= [17-] 42883 function nope() does not exist
ALTER STATISTICS nope SET STATISTICS DEFAULT;
--= [-16] 42601 @38 syntax error at or near "DEFAULT"
--= [17-] 42704 statistics object "nope" does not exist
SELECT JSON_VALUE('{}'::jsonb, '$' PASSING 1 AS x);
--= [-16] 42601 @36 syntax error at or near "PASSING"
--= [17-] ok
SELECT a period FROM t;
--= ok
SELECT a AS json_exists FROM t;
--= ok
SELECT a AS local FROM t;
--= ok
CREATE TABLE json_value (a int);
--= ok
CREATE TABLE merge_action (a int);
--= ok
CREATE FUNCTION json_scalar(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
--= [-16] ok
--= [17-] 42601 @28 syntax error at or near "("
CREATE TABLE json_scalar (a int);
--= ok
SELECT period, nested, conditional, keep, omit, plan FROM (SELECT 1 AS period, 2 AS nested, 3 AS conditional, 4 AS keep, 5 AS omit, 6 AS plan) x;
--= ok
