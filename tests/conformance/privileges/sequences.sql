CREATE ROLE pgreckon_c;
--= ok
CREATE TABLE o (id serial, n integer);
--= ok
CREATE SEQUENCE sq;
--= ok
GRANT INSERT ON o TO pgreckon_c;
--= ok
SET ROLE pgreckon_c;
--= ok
INSERT INTO o (n) VALUES (1);
--= 42501 permission denied for sequence o_id_seq
INSERT INTO o (id, n) VALUES (1, 1);
--= ok
INSERT INTO o DEFAULT VALUES;
--= 42501 permission denied for sequence o_id_seq
SELECT nextval('sq');
--= 42501 permission denied for sequence sq
SELECT setval('sq', 5);
--= 42501 permission denied for sequence sq
SELECT * FROM sq;
--= 42501 permission denied for sequence sq
ALTER SEQUENCE sq RESTART;
--= 42501 must be owner of sequence sq
DROP SEQUENCE sq;
--= 42501 must be owner of sequence sq
RESET ROLE;
--= ok
GRANT USAGE ON SEQUENCE sq, o_id_seq TO pgreckon_c;
--= ok
SET ROLE pgreckon_c;
--= ok
INSERT INTO o (n) VALUES (1);
--= ok
SELECT nextval('sq');
--= ok
SELECT setval('sq', 5);
--= 42501 permission denied for sequence sq
SELECT last_value FROM sq;
--= 42501 permission denied for sequence sq
RESET ROLE;
--= ok
DROP TABLE o;
--= ok
DROP SEQUENCE sq;
--= ok
DROP ROLE pgreckon_c;
--= ok
