CREATE ROLE pgreckon_c;
--= ok
CREATE TABLE person (id integer, name text, salary numeric);
--= ok
GRANT SELECT (id, name), UPDATE (name), INSERT (id, name) ON person TO pgreckon_c;
--= ok
SET ROLE pgreckon_c;
--= ok
SELECT id, name FROM person;
--= ok
SELECT salary FROM person;
--= 42501 permission denied for table person
SELECT * FROM person;
--= 42501 permission denied for table person
SELECT person FROM person;
--= 42501 permission denied for table person
SELECT count(*) FROM person;
--= ok
SELECT id FROM person WHERE salary > 0;
--= 42501 permission denied for table person
SELECT id FROM person ORDER BY salary;
--= 42501 permission denied for table person
UPDATE person SET name = 'x';
--= ok
UPDATE person SET salary = 1;
--= 42501 permission denied for table person
UPDATE person SET name = 'x' WHERE salary = 1;
--= 42501 permission denied for table person
UPDATE person SET name = upper(name) WHERE id = 1;
--= ok
INSERT INTO person (id, name) VALUES (1, 'x');
--= ok
INSERT INTO person VALUES (1, 'x');
--= ok
INSERT INTO person VALUES (1, 'x', 2);
--= 42501 permission denied for table person
INSERT INTO person (id) VALUES (1) RETURNING salary;
--= 42501 permission denied for table person
DELETE FROM person;
--= 42501 permission denied for table person
COPY person (id, name) TO STDOUT;
--= ok
COPY person TO STDOUT;
--= 42501 permission denied for table person
RESET ROLE;
--= ok
DROP TABLE person;
--= ok
DROP ROLE pgreckon_c;
--= ok
