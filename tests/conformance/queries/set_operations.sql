CREATE TABLE a (id int, name text, at date);
--= ok
CREATE TABLE b (id bigint, name varchar(10), at timestamptz, doc json);
--= ok
SELECT id, name FROM a UNION SELECT id, name FROM b;
--= ok
SELECT id, name FROM a UNION SELECT id FROM b;
--= 42601 @37 each UNION query must have the same number of columns
SELECT id FROM a UNION SELECT name FROM b;
--= 42804 @31 UNION types integer and character varying cannot be matched
SELECT at FROM a UNION ALL SELECT at FROM b;
--= ok
SELECT at FROM a UNION SELECT id FROM b;
--= 42804 @31 UNION types date and bigint cannot be matched
SELECT doc FROM b UNION SELECT doc FROM b;
--= 42883 @8 could not identify an equality operator for type json
SELECT doc FROM b UNION ALL SELECT doc FROM b;
--= ok
SELECT id FROM a INTERSECT SELECT 1 EXCEPT SELECT NULL;
--= ok
SELECT 1 UNION SELECT 'x';
--= 22P02 @23 invalid input syntax for type integer: "x"
SELECT 1 UNION SELECT '2';
--= ok
SELECT NULL UNION SELECT 1;
--= ok
SELECT NULL UNION SELECT NULL UNION SELECT 1;
--= 42804 @44 UNION types text and integer cannot be matched
SELECT 'a' UNION SELECT 'b' UNION SELECT now();
--= 42804 @42 UNION types text and timestamp with time zone cannot be matched
SELECT id FROM a UNION SELECT id FROM b LIMIT 1 UNION SELECT 1;
--= 42601 @49 syntax error at or near "UNION"
(SELECT id FROM a ORDER BY name LIMIT 1) UNION ALL (SELECT id FROM b);
--= ok
SELECT id FROM a ORDER BY id UNION SELECT 1;
--= 42601 @30 syntax error at or near "UNION"
SELECT id FROM a UNION SELECT id FROM b FOR UPDATE;
--= 0A000 FOR UPDATE is not allowed with UNION/INTERSECT/EXCEPT
SELECT sum(id) FROM a UNION SELECT id FROM b GROUP BY name;
--= 42803 @36 column "b.id" must appear in the GROUP BY clause or be used in an aggregate function
SELECT * FROM (SELECT id FROM a UNION SELECT id FROM b) u WHERE u.name = 'a';
--= 42703 @65 column u.name does not exist
SELECT id AS x FROM a UNION SELECT id AS y FROM b ORDER BY y;
--= 42703 @60 column "y" does not exist
SELECT id AS x FROM a UNION SELECT id AS y FROM b ORDER BY x;
--= ok
SELECT ARRAY[1] UNION SELECT ARRAY['a'];
--= 42846 @30 UNION could not convert type text[] to integer[]
SELECT ARRAY[1] UNION SELECT ARRAY[2.5];
--= ok
VALUES (1, 'a') UNION SELECT id, name FROM a;
--= ok
TABLE a UNION TABLE b;
--= 42601 each UNION query must have the same number of columns
SELECT 1 AS one INTO newtable UNION SELECT 2;
--= ok
SELECT 1 UNION SELECT 2 INTO another;
--= 42601 @30 INTO is only allowed on first SELECT of UNION/INTERSECT/EXCEPT
