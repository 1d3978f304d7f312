CREATE TABLE t (id int, name text, at timestamptz, doc json, box box);
--= ok
SELECT * FROM t ORDER BY 1, name DESC NULLS LAST;
--= ok
SELECT * FROM t ORDER BY 6;
--= 42P10 @26 ORDER BY position 6 is not in select list
SELECT * FROM t ORDER BY 0;
--= 42P10 @26 ORDER BY position 0 is not in select list
SELECT * FROM t ORDER BY 'name';
--= 42601 @26 non-integer constant in ORDER BY
SELECT * FROM t ORDER BY nothing;
--= 42703 @26 column "nothing" does not exist
SELECT name AS n FROM t ORDER BY n;
--= ok
SELECT name AS n FROM t ORDER BY lower(n);
--= 42703 @40 column "n" does not exist
SELECT name AS n FROM t WHERE n = 'a';
--= 42703 @31 column "n" does not exist
SELECT id AS name, name FROM t ORDER BY name;
--= 42702 @41 ORDER BY "name" is ambiguous
SELECT id + 1 AS s FROM t ORDER BY s + 1;
--= 42703 @36 column "s" does not exist
SELECT * FROM t ORDER BY doc;
--= 42883 @26 could not identify an ordering operator for type json
SELECT * FROM t ORDER BY doc->>'a';
--= ok
SELECT DISTINCT doc FROM t;
--= 42883 @17 could not identify an equality operator for type json
SELECT DISTINCT name FROM t ORDER BY id;
--= 42P10 @38 for SELECT DISTINCT, ORDER BY expressions must appear in select list
SELECT DISTINCT ON (name) name, id FROM t ORDER BY name, id;
--= ok
SELECT DISTINCT ON (name) name, id FROM t ORDER BY id;
--= 42P10 @21 SELECT DISTINCT ON expressions must match initial ORDER BY expressions
SELECT DISTINCT ON (2) name, id FROM t;
--= ok
SELECT DISTINCT ON (3) name, id FROM t;
--= 42P10 @21 DISTINCT ON position 3 is not in select list
SELECT * FROM t ORDER BY name USING <;
--= ok
SELECT * FROM t ORDER BY name USING @@@;
--= 42883 @37 operator does not exist: text @@@ text
SELECT * FROM t ORDER BY name COLLATE "C", id;
--= ok
SELECT * FROM t ORDER BY name COLLATE "nothing";
--= 42704 @31 collation "nothing" for encoding "UTF8" does not exist
SELECT * FROM t ORDER BY id COLLATE "C";
--= 42804 @29 collations are not supported by type integer
SELECT * FROM t LIMIT 10 OFFSET 5;
--= ok
SELECT * FROM t LIMIT 'x';
--= 22P02 @23 invalid input syntax for type bigint: "x"
SELECT * FROM t LIMIT id;
--= 42P10 @23 argument of LIMIT must not contain variables
SELECT * FROM t LIMIT -1;
--= 2201W LIMIT must not be negative
SELECT * FROM t LIMIT (SELECT count(*) FROM t);
--= ok
SELECT * FROM t FETCH FIRST 3 ROWS WITH TIES;
--= [-17] 42601 WITH TIES cannot be specified without ORDER BY clause
--= [18-] 42601 @36 WITH TIES cannot be specified without ORDER BY clause
SELECT * FROM t ORDER BY id FETCH FIRST 3 ROWS WITH TIES;
--= ok
SELECT * FROM t LIMIT 1.5;
--= ok
SELECT * FROM t OFFSET true;
--= 42804 @24 argument of OFFSET must be type bigint, not type boolean
SELECT name FROM t UNION SELECT 'x' ORDER BY name;
--= ok
SELECT name FROM t UNION SELECT 'x' ORDER BY lower(name);
--= 0A000 @46 invalid UNION/INTERSECT/EXCEPT ORDER BY clause
SELECT name FROM t UNION SELECT 'x' ORDER BY id;
--= 42703 @46 column "id" does not exist
