CREATE TABLE a (id int PRIMARY KEY, x int, y text);
--= ok
CREATE TABLE b (id int PRIMARY KEY, a_id int, z text);
--= ok
SELECT (SELECT max(x) FROM a), EXISTS (SELECT FROM b);
--= ok
SELECT (SELECT id, x FROM a);
--= 42601 @8 subquery must return only one column
SELECT * FROM a WHERE id IN (SELECT a_id FROM b);
--= ok
SELECT * FROM a WHERE id IN (SELECT z FROM b);
--= 42883 @26 operator does not exist: integer = text
SELECT * FROM a WHERE id IN (SELECT a_id, id FROM b);
--= 42601 @26 subquery has too many columns
SELECT * FROM a WHERE (id, x) IN (SELECT a_id, id FROM b);
--= ok
SELECT * FROM a WHERE (id, y) IN (SELECT a_id, id FROM b);
--= 42883 @31 operator does not exist: text = integer
SELECT * FROM a WHERE id IN (SELECT nothing FROM b);
--= 42703 @37 column "nothing" does not exist
SELECT * FROM a WHERE id IN (SELECT x FROM b);
--= ok
SELECT * FROM a WHERE x > ALL (SELECT id FROM b);
--= ok
SELECT * FROM a WHERE x > ANY (SELECT z FROM b);
--= 42883 @25 operator does not exist: integer > text
SELECT * FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.a_id = a.id);
--= ok
SELECT * FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.a_id = c.id);
--= 42P01 @62 missing FROM-clause entry for table "c"
SELECT * FROM (SELECT id, count(*) FROM b GROUP BY id) s WHERE s.count > 1;
--= ok
SELECT * FROM (SELECT id FROM b) s WHERE s.z = 'a';
--= 42703 @42 column s.z does not exist
SELECT s.id FROM (SELECT id FROM a) s (i);
--= 42703 @8 column s.id does not exist
SELECT * FROM (SELECT id FROM a) s (i, j);
--= 42P10 table "s" has 1 columns available but 2 columns specified
SELECT * FROM a, (SELECT * FROM b WHERE b.a_id = a.id) s;
--= 42P01 @50 invalid reference to FROM-clause entry for table "a"
SELECT * FROM a, LATERAL (SELECT * FROM b WHERE b.a_id = a.id) s;
--= ok
SELECT * FROM a RIGHT JOIN LATERAL (SELECT * FROM b WHERE b.a_id = a.id) s ON true;
--= 42P10 @68 invalid reference to FROM-clause entry for table "a"
SELECT ARRAY(SELECT id FROM a ORDER BY y), ARRAY(SELECT y FROM a) || 'x'::text;
--= ok
SELECT x FROM a WHERE x = (SELECT y FROM a LIMIT 1);
--= 42883 @25 operator does not exist: integer = text
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v (n, s) WHERE n = 'x';
--= 22P02 @62 invalid input syntax for type integer: "x"
SELECT * FROM (VALUES (1, 'a'), (2)) v (n, s);
--= 42601 @34 VALUES lists must all be the same length
SELECT * FROM (VALUES (1), ('x')) v (n);
--= 22P02 @29 invalid input syntax for type integer: "x"
SELECT * FROM (VALUES (1), (now())) v (n);
--= 42804 @29 VALUES types integer and timestamp with time zone cannot be matched
SELECT (SELECT sum(a.x) FROM b) FROM a;
--= ok
SELECT (SELECT sum(a.x) FROM b), x FROM a;
--= 42803 @34 column "a.x" must appear in the GROUP BY clause or be used in an aggregate function
