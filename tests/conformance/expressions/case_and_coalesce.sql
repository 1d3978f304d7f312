CREATE TABLE orders (id int, status text, total numeric, paid timestamptz, qty smallint);
--= ok
SELECT CASE status WHEN 'new' THEN 1 WHEN 'done' THEN 2 ELSE 0 END FROM orders;
--= ok
SELECT CASE status WHEN 1 THEN 'a' END FROM orders;
--= 42883 @20 operator does not exist: text = integer
SELECT CASE id WHEN 'x' THEN 1 END FROM orders;
--= 22P02 @21 invalid input syntax for type integer: "x"
SELECT CASE WHEN total > 10 THEN 'big' ELSE 0 END FROM orders;
--= 22P02 @34 invalid input syntax for type integer: "big"
SELECT CASE WHEN total THEN 1 END FROM orders;
--= 42804 @18 argument of CASE/WHEN must be type boolean, not type numeric
SELECT CASE WHEN true THEN total ELSE qty END FROM orders;
--= ok
SELECT CASE WHEN true THEN paid ELSE status END FROM orders;
--= 42804 @28 CASE types text and timestamp with time zone cannot be matched
SELECT CASE WHEN true THEN 1 ELSE NULL END, CASE WHEN true THEN NULL END;
--= ok
SELECT COALESCE(total, 0), COALESCE(status, 'none'), COALESCE(paid, now()) FROM orders;
--= ok
SELECT COALESCE(status, 0) FROM orders;
--= 42804 @25 COALESCE types text and integer cannot be matched
SELECT COALESCE(total, 'none') FROM orders;
--= 22P02 @24 invalid input syntax for type numeric: "none"
SELECT COALESCE(paid, '-') FROM orders;
--= 22007 @23 invalid input syntax for type timestamp with time zone: "-"
SELECT COALESCE() FROM orders;
--= 42601 @17 syntax error at or near ")"
SELECT NULLIF(total, 0), NULLIF(status, '') FROM orders;
--= ok
SELECT NULLIF(total, '') FROM orders;
--= 22P02 @22 invalid input syntax for type numeric: ""
SELECT NULLIF(id, status) FROM orders;
--= 42883 @8 operator does not exist: integer = text
SELECT NULLIF(id) FROM orders;
--= 42601 @17 syntax error at or near ")"
SELECT GREATEST(id, total, qty), LEAST('a', status) FROM orders;
--= ok
SELECT GREATEST(id, status) FROM orders;
--= 42804 @21 GREATEST types integer and text cannot be matched
SELECT LEAST(paid, 'yesterday', '2024-13-01') FROM orders;
--= 22008 @33 date/time field value out of range: "2024-13-01"
SELECT GREATEST(NULL, NULL);
--= ok
