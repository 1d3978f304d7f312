CREATE TABLE t (id integer PRIMARY KEY, name text, amount numeric);
--= ok
CREATE TABLE u (id integer, t_id integer, name text);
--= ok
SELECT id FROM t, u;
--= 42702 @8 column reference "id" is ambiguous
SELECT t.id, v.id FROM t;
--= 42P01 @14 missing FROM-clause entry for table "v"
SELECT nothing FROM t;
--= 42703 @8 column "nothing" does not exist
SELECT t.nothing FROM t;
--= 42703 @8 column t.nothing does not exist
SELECT * FROM nowhere;
--= 42P01 @15 relation "nowhere" does not exist
SELECT name, count(*) FROM t;
--= 42803 @8 column "t.name" must appear in the GROUP BY clause or be used in an aggregate function
SELECT name, count(*) FROM t GROUP BY name;
--= ok
SELECT t.*, count(*) FROM t GROUP BY id;
--= ok
SELECT id FROM t WHERE count(*) > 1;
--= 42803 @24 aggregate functions are not allowed in WHERE
SELECT id FROM t WHERE name;
--= 42804 @24 argument of WHERE must be type boolean, not type text
SELECT id FROM t ORDER BY 3;
--= 42P10 @27 ORDER BY position 3 is not in select list
SELECT id AS x FROM t ORDER BY x + 1;
--= 42703 @32 column "x" does not exist
SELECT id FROM t LIMIT name;
--= 42804 @24 argument of LIMIT must be type bigint, not type text
SELECT DISTINCT id FROM t ORDER BY name;
--= 42P10 @36 for SELECT DISTINCT, ORDER BY expressions must appear in select list
SELECT id FROM t UNION SELECT name FROM t;
--= 42804 @31 UNION types integer and text cannot be matched
SELECT id FROM t UNION SELECT id, name FROM t;
--= 42601 @31 each UNION query must have the same number of columns
SELECT * FROM t JOIN u USING (nothing);
--= 42703 column "nothing" specified in USING clause does not exist in left table
SELECT * FROM t JOIN u USING (id, name);
--= ok
SELECT * FROM t JOIN u ON t.id = x.t_id;
--= 42P01 @34 missing FROM-clause entry for table "x"
SELECT * FROM t JOIN t ON true;
--= 42712 table name "t" specified more than once
SELECT (SELECT id, name FROM t);
--= 42601 @8 subquery must return only one column
SELECT * FROM (SELECT 1);
--= [-15] 42601 @15 subquery in FROM must have an alias
--= [16-] ok
SELECT * FROM (SELECT 1) AS s(a, b);
--= 42P10 table "s" has 1 columns available but 2 columns specified
WITH x AS (SELECT 1 AS a) SELECT b FROM x;
--= 42703 @34 column "b" does not exist
WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT r FROM r) SELECT * FROM r;
--= 42804 @48 UNION types integer and record cannot be matched
SELECT id FROM t WHERE id = (SELECT max(id) FROM u WHERE u.t_id = t.id);
--= ok
SELECT rank() OVER (PARTITION BY name ORDER BY nothing) FROM t;
--= 42703 @48 column "nothing" does not exist
SELECT * FROM t FOR UPDATE OF u;
--= 42P01 @31 relation "u" in FOR UPDATE clause not found in FROM clause
