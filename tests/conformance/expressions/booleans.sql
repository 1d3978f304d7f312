CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL, active boolean, created timestamptz DEFAULT now());
--= ok
SELECT * FROM users WHERE active;
--= ok
SELECT * FROM users WHERE active = 'yes';
--= ok
SELECT * FROM users WHERE active = 'maybe';
--= 22P02 @36 invalid input syntax for type boolean: "maybe"
SELECT * FROM users WHERE active = 1;
--= 42883 @34 operator does not exist: boolean = integer
SELECT * FROM users WHERE active IS TRUE AND id IS NOT NULL;
--= ok
SELECT * FROM users WHERE id IS TRUE;
--= 42804 @27 argument of IS TRUE must be type boolean, not type integer
SELECT * FROM users WHERE id;
--= 42804 @27 argument of WHERE must be type boolean, not type integer
SELECT * FROM users WHERE NOT id > 1;
--= ok
SELECT * FROM users WHERE email OR active;
--= 42804 @27 argument of OR must be type boolean, not type text
SELECT active AND NULL, active OR 'f' FROM users;
--= ok
SELECT active::int FROM users;
--= ok
SELECT sum(active) FROM users;
--= 42883 @8 function sum(boolean) does not exist
SELECT count(*) FILTER (WHERE active) FROM users;
--= ok
SELECT count(*) FILTER (WHERE email) FROM users;
--= 42804 @31 argument of FILTER must be type boolean, not type text
UPDATE users SET active = 1;
--= 42804 @27 column "active" is of type boolean but expression is of type integer
UPDATE users SET active = 'on';
--= ok
