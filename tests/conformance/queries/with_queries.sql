CREATE TABLE node (id int PRIMARY KEY, parent int, name text);
--= ok
WITH x AS (SELECT id FROM node) SELECT * FROM x;
--= ok
WITH x AS (SELECT id FROM node) SELECT name FROM x;
--= 42703 @40 column "name" does not exist
WITH x AS (SELECT 1), x AS (SELECT 2) SELECT * FROM x;
--= 42712 @23 WITH query name "x" specified more than once
WITH x (a, b) AS (SELECT 1) SELECT * FROM x;
--= 42P10 @6 WITH query "x" has 1 columns available but 2 columns specified
WITH x (a) AS (SELECT 1, 2) SELECT a, "?column?" FROM x;
--= ok
WITH x AS (SELECT * FROM y), y AS (SELECT 1) SELECT * FROM x;
--= 42P01 @26 relation "y" does not exist
WITH RECURSIVE x AS (SELECT * FROM y), y AS (SELECT 1 AS one) SELECT * FROM x;
--= ok
WITH RECURSIVE t AS (SELECT id, parent FROM node WHERE parent IS NULL UNION ALL SELECT n.id, n.parent FROM node n JOIN t ON n.parent = t.id) SELECT * FROM t;
--= ok
WITH t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT * FROM t;
--= 42P01 @54 relation "t" does not exist
WITH RECURSIVE t AS (SELECT n + 1 FROM t) SELECT * FROM t;
--= 42P19 @16 recursive query "t" does not have the form non-recursive-term UNION [ALL] recursive-term
WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1.5 FROM t) SELECT * FROM t;
--= 42804 @33 recursive query "t" column 1 has type integer in non-recursive term but type numeric overall
WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT t.n FROM t, t u) SELECT * FROM t;
--= 42P19 @64 recursive reference to query "t" must not appear more than once
WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT max(n) FROM t) SELECT * FROM t;
--= 42P19 @52 aggregate functions are not allowed in a recursive query's recursive term
WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n FROM t ORDER BY 1) SELECT * FROM t;
--= 0A000 @70 ORDER BY in a recursive query is not implemented
WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT id FROM node LEFT JOIN t ON true) SELECT * FROM t;
--= 42P19 @75 recursive reference to query "t" must not appear within an outer join
WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT id FROM node WHERE id IN (SELECT n FROM t)) SELECT * FROM t;
--= 42P19 @92 recursive reference to query "t" must not appear within a subquery
WITH RECURSIVE t (n) AS (SELECT 1 EXCEPT SELECT n FROM t) SELECT * FROM t;
--= 42P19 @16 recursive query "t" does not have the form non-recursive-term UNION [ALL] recursive-term
WITH d AS (DELETE FROM node RETURNING id) SELECT * FROM d;
--= ok
WITH d AS (DELETE FROM node) SELECT * FROM d;
--= 0A000 @44 WITH query "d" does not have a RETURNING clause
SELECT * FROM (WITH d AS (DELETE FROM node RETURNING id) SELECT * FROM d) s;
--= 0A000 @21 WITH clause containing a data-modifying statement must be at the top level
WITH i AS (INSERT INTO node VALUES (1, NULL, 'x') RETURNING *) UPDATE node SET name = i.name FROM i WHERE node.id = i.parent;
--= ok
WITH x AS MATERIALIZED (SELECT 1 AS a) SELECT a FROM x UNION SELECT b FROM x;
--= 42703 @69 column "b" does not exist
WITH node AS (SELECT 1 AS only) SELECT only FROM node;
--= 42601 @40 syntax error at or near "only"
WITH node AS (SELECT 1 AS only) SELECT id FROM node;
--= 42703 @40 column "id" does not exist
WITH x AS (SELECT 1) INSERT INTO node SELECT * FROM x;
--= 23505 duplicate key value violates unique constraint "node_pkey"
WITH x AS (SELECT 'a') INSERT INTO node SELECT * FROM x;
--= 42804 @48 column "id" is of type integer but expression is of type text
WITH RECURSIVE t (id, p) AS (SELECT id, parent FROM node UNION ALL SELECT n.id, n.parent FROM node n JOIN t ON t.id = n.parent) SEARCH DEPTH FIRST BY id SET ord SELECT * FROM t ORDER BY ord;
--= [-13] 42601 @129 syntax error at or near "SEARCH"
--= [14-] ok
WITH RECURSIVE t (id, p) AS (SELECT id, parent FROM node UNION ALL SELECT n.id, n.parent FROM node n JOIN t ON t.id = n.parent) SEARCH DEPTH FIRST BY nothing SET ord SELECT * FROM t;
--= [-13] 42601 @129 syntax error at or near "SEARCH"
--= [14-] 42601 @129 search column "nothing" not in WITH query column list
WITH RECURSIVE t (id, p) AS (SELECT id, parent FROM node UNION ALL SELECT n.id, n.parent FROM node n JOIN t ON t.id = n.parent) CYCLE id SET is_cycle USING path SELECT * FROM t WHERE NOT is_cycle;
--= [-13] 42601 @129 syntax error at or near "CYCLE"
--= [14-] ok
WITH RECURSIVE t (id, p) AS (SELECT id, parent FROM node UNION ALL SELECT n.id, n.parent FROM node n JOIN t ON t.id = n.parent) CYCLE id SET id USING path SELECT * FROM t;
--= [-13] 42601 @129 syntax error at or near "CYCLE"
--= [14-] 42702 @112 column reference "id" is ambiguous
