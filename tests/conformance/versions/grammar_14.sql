-- Syntax that PostgreSQL 14 brought.
CREATE TABLE t (a int, b text, c jsonb);
--= ok
CREATE TABLE comp (a text COMPRESSION pglz);
--= [-13] 42601 @27 syntax error at or near "COMPRESSION"
--= [14-] ok
ALTER TABLE t ALTER COLUMN b SET COMPRESSION pglz;
--= [-13] 42601 @34 syntax error at or near "COMPRESSION"
--= [14-] ok
SELECT (c)['x'] FROM t;
--= [-13] 42804 cannot subscript type jsonb because it is not an array
--= [14-] ok
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) SEARCH DEPTH FIRST BY n SET o SELECT * FROM r;
--= [-13] 42601 @77 syntax error at or near "SEARCH"
--= [14-] ok
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) CYCLE n SET is_cycle USING path SELECT * FROM r;
--= [-13] 42601 @77 syntax error at or near "CYCLE"
--= [14-] ok
SELECT a FROM t GROUP BY DISTINCT a;
--= [-13] 42601 @26 syntax error at or near "DISTINCT"
--= [14-] ok
SELECT a FROM t GROUP BY DISTINCT ROLLUP (a, b), CUBE (a);
--= [-13] 42601 @26 syntax error at or near "DISTINCT"
--= [14-] ok
SELECT a FROM t GROUP BY ALL a;
--= [-13] 42601 @26 syntax error at or near "ALL"
--= [14-] ok
CREATE FUNCTION f1() RETURNS int LANGUAGE sql RETURN 1;
--= [-13] 42601 @47 syntax error at or near "RETURN"
--= [14-] ok
CREATE FUNCTION f2() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END;
--= [-13] 42601 @47 syntax error at or near "BEGIN"
--= [14-] ok
CREATE FUNCTION f3(a int) RETURNS int RETURN a + 1;
--= [-13] 42601 @39 syntax error at or near "RETURN"
--= [14-] ok
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
--= ok
CREATE OR REPLACE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();
--= [-13] 42601 @19 syntax error at or near "TRIGGER"
--= [14-] ok
CREATE PROCEDURE p1(OUT a int) LANGUAGE sql AS 'SELECT 1';
--= [-13] 0A000 procedures cannot have OUT arguments
--= [14-] ok
SELECT * FROM t x JOIN t y USING (a) AS j;
--= [-13] 42601 @38 syntax error at or near "AS"
--= [14-] ok
