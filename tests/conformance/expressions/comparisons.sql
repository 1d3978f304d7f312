CREATE TABLE t (a int, b bigint, c numeric(10,2), d text, e varchar(10), f date, g uuid, h jsonb, i int[]);
--= ok
SELECT * FROM t WHERE a = b AND b = c;
--= ok
SELECT * FROM t WHERE a = d;
--= 42883 @25 operator does not exist: integer = text
SELECT * FROM t WHERE d = e;
--= ok
SELECT * FROM t WHERE f > '2024-02-30';
--= 22008 @27 date/time field value out of range: "2024-02-30"
SELECT * FROM t WHERE f > '2024-02-29';
--= ok
SELECT * FROM t WHERE f = 5;
--= 42883 @25 operator does not exist: date = integer
SELECT * FROM t WHERE g = 'not-a-uuid';
--= 22P02 @27 invalid input syntax for type uuid: "not-a-uuid"
SELECT * FROM t WHERE g = d;
--= 42883 @25 operator does not exist: uuid = text
SELECT * FROM t WHERE g::text = d;
--= ok
SELECT * FROM t WHERE h = '{"a": 1}';
--= ok
SELECT * FROM t WHERE h = '{a: 1}';
--= 22P02 @27 invalid input syntax for type json
SELECT * FROM t WHERE h > 1;
--= 42883 @25 operator does not exist: jsonb > integer
SELECT * FROM t WHERE i = '{1,2}';
--= ok
SELECT * FROM t WHERE i = '1,2';
--= 22P02 @27 malformed array literal: "1,2"
SELECT * FROM t WHERE i = 1;
--= 42883 @25 operator does not exist: integer[] = integer
SELECT * FROM t WHERE a BETWEEN 1 AND 'x';
--= 22P02 @39 invalid input syntax for type integer: "x"
SELECT * FROM t WHERE d BETWEEN 1 AND 2;
--= 42883 @25 operator does not exist: text >= integer
SELECT * FROM t WHERE (a, b) = (1, 2);
--= ok
SELECT * FROM t WHERE (a, b) = (1, 2, 3);
--= 42601 @30 unequal number of entries in row expressions
SELECT * FROM t WHERE (a, d) < (1, 2);
--= 42883 @30 operator does not exist: text < integer
SELECT * FROM t WHERE a IS DISTINCT FROM d;
--= 42883 @25 operator does not exist: integer = text
SELECT * FROM t WHERE a IS NOT DISTINCT FROM b;
--= ok
