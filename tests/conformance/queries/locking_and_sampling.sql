CREATE TABLE t (id int PRIMARY KEY, v text);
--= ok
CREATE VIEW vw AS SELECT id, v FROM t;
--= ok
CREATE VIEW agg AS SELECT count(*) AS n FROM t;
--= ok
SELECT * FROM t FOR UPDATE SKIP LOCKED;
--= ok
SELECT * FROM t FOR UPDATE OF t;
--= ok
SELECT * FROM t FOR UPDATE OF u;
--= 42P01 @31 relation "u" in FOR UPDATE clause not found in FROM clause
SELECT * FROM t AS u FOR UPDATE OF t;
--= 42P01 @36 relation "t" in FOR UPDATE clause not found in FROM clause
SELECT count(*) FROM t FOR UPDATE;
--= 0A000 FOR UPDATE is not allowed with aggregate functions
SELECT DISTINCT v FROM t FOR SHARE;
--= 0A000 FOR SHARE is not allowed with DISTINCT clause
SELECT v FROM t GROUP BY v FOR UPDATE;
--= 0A000 FOR UPDATE is not allowed with GROUP BY clause
SELECT row_number() OVER () FROM t FOR UPDATE;
--= 0A000 FOR UPDATE is not allowed with window functions
SELECT generate_series(1, 2) FROM t FOR UPDATE;
--= 0A000 FOR UPDATE is not allowed with set-returning functions in the target list
SELECT * FROM (SELECT * FROM t) s FOR UPDATE;
--= ok
SELECT * FROM (VALUES (1)) s FOR UPDATE;
--= ok
SELECT * FROM (VALUES (1)) s FOR UPDATE OF s;
--= ok
SELECT * FROM generate_series(1, 2) g FOR UPDATE OF g;
--= 0A000 @53 FOR UPDATE cannot be applied to a function
WITH c AS (SELECT * FROM t) SELECT * FROM c FOR UPDATE OF c;
--= 0A000 @59 FOR UPDATE cannot be applied to a WITH query
SELECT * FROM t LEFT JOIN t u ON true FOR UPDATE OF u;
--= 0A000 FOR UPDATE cannot be applied to the nullable side of an outer join
SELECT * FROM vw FOR UPDATE;
--= ok
SELECT * FROM agg FOR UPDATE;
--= 0A000 FOR UPDATE is not allowed with aggregate functions
SELECT * FROM t TABLESAMPLE SYSTEM (10);
--= ok
SELECT * FROM t TABLESAMPLE nothing (10);
--= 42704 @29 tablesample method nothing does not exist
SELECT * FROM t TABLESAMPLE BERNOULLI (10, 20);
--= 2202H @29 tablesample method bernoulli requires 1 argument, not 2
SELECT * FROM t TABLESAMPLE BERNOULLI ('x');
--= 22P02 @40 invalid input syntax for type real: "x"
SELECT * FROM vw TABLESAMPLE BERNOULLI (10);
--= 0A000 @15 TABLESAMPLE clause can only be applied to tables and materialized views
SELECT * FROM t TABLESAMPLE SYSTEM (10) REPEATABLE (1);
--= ok
