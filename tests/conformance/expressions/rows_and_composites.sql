CREATE TYPE addr AS (street text, zip int);
--= ok
CREATE TABLE p (id int, home addr, homes addr[]);
--= ok
SELECT (home).street, (homes[1]).zip, (p).id FROM p;
--= ok
SELECT home.street FROM p;
--= 42P01 @8 missing FROM-clause entry for table "home"
SELECT (home).city FROM p;
--= 42703 @9 column "city" not found in data type addr
SELECT (id).x FROM p;
--= 42809 @9 column notation .x applied to type integer, which is not a composite type
SELECT (home).* FROM p;
--= ok
SELECT (id).* FROM p;
--= 42809 type integer is not composite
SELECT ROW(1, 'a'), (1, 2) = (1, 2);
--= ok
SELECT ROW('a', 1)::addr, ROW(1)::addr;
--= 42846 @33 cannot cast type record to addr
SELECT ROW('a', 'x')::addr;
--= 22P02 @17 invalid input syntax for type integer: "x"
SELECT '(a,1)'::addr, '(a)'::addr;
--= 22P02 @23 malformed record literal: "(a)"
INSERT INTO p VALUES (1, ROW('a', 1), ARRAY[ROW('b', 2)::addr]);
--= ok
INSERT INTO p VALUES (1, 'a', NULL);
--= 22P02 @26 malformed record literal: "a"
INSERT INTO p VALUES (1, ROW('a', 1, 2), NULL);
--= 42846 @26 cannot cast type record to addr
INSERT INTO p (home.street) VALUES ('x');
--= ok
INSERT INTO p (home.city) VALUES ('x');
--= 42703 @16 cannot assign to field "city" of column "home" because there is no such column in data type addr
UPDATE p SET home.zip = 5, home.street = 'x';
--= ok
UPDATE p SET home.zip = 'x';
--= 22P02 @25 invalid input syntax for type integer: "x"
UPDATE p SET (id, home) = (1, ROW('a', 2));
--= ok
UPDATE p SET (id, home) = (1, 2, 3);
--= 42601 @27 number of columns does not match number of values
UPDATE p SET (id, home) = (SELECT 1, home FROM p LIMIT 1);
--= ok
UPDATE p SET (id, home) = (SELECT 1);
--= 42601 @27 number of columns does not match number of values
SELECT p.home.street FROM p;
--= 42P01 @8 missing FROM-clause entry for table "home"
SELECT p IS NULL, p.* IS NOT NULL, home IS NULL FROM p;
--= ok
SELECT p = p, home < home FROM p;
--= ok
SELECT home = 1 FROM p;
--= 42883 @13 operator does not exist: addr = integer
