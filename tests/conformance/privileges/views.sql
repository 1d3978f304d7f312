CREATE ROLE pgreckon_c;
--= ok
CREATE ROLE pgreckon_d;
--= ok
CREATE TABLE secret (id integer, v text);
--= ok
CREATE VIEW sv AS SELECT id, v FROM secret;
--= ok
GRANT SELECT, INSERT ON sv TO pgreckon_c;
--= ok
SET ROLE pgreckon_c;
--= ok
SELECT * FROM sv;
--= ok
SELECT * FROM secret;
--= 42501 permission denied for table secret
INSERT INTO sv VALUES (1, 'x');
--= ok
UPDATE sv SET v = 'y';
--= 42501 permission denied for view sv
RESET ROLE;
--= ok
ALTER VIEW sv OWNER TO pgreckon_d;
--= ok
SELECT * FROM sv;
--= 42501 permission denied for table secret
SET ROLE pgreckon_c;
--= ok
SELECT * FROM sv;
--= 42501 permission denied for table secret
INSERT INTO sv VALUES (1, 'x');
--= 42501 permission denied for table secret
RESET ROLE;
--= ok
GRANT SELECT ON secret TO pgreckon_d;
--= ok
SELECT * FROM sv;
--= ok
SET ROLE pgreckon_c;
--= ok
SELECT * FROM sv;
--= ok
INSERT INTO sv VALUES (1, 'x');
--= 42501 permission denied for table secret
RESET ROLE;
--= ok
CREATE MATERIALIZED VIEW ms AS SELECT * FROM secret;
--= ok
ALTER MATERIALIZED VIEW ms OWNER TO pgreckon_c;
--= ok
REFRESH MATERIALIZED VIEW ms;
--= 42501 permission denied for table secret
DROP MATERIALIZED VIEW ms;
--= ok
DROP VIEW sv;
--= ok
DROP TABLE secret;
--= ok
DROP ROLE pgreckon_c, pgreckon_d;
--= ok
