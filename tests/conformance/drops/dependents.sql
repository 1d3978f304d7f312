CREATE TABLE a (id integer PRIMARY KEY, name text);
--= ok
CREATE TABLE b (a_id integer REFERENCES a);
--= ok
CREATE VIEW va AS SELECT id, name FROM a;
--= ok
CREATE VIEW vb AS SELECT name FROM va;
--= ok
CREATE FUNCTION fa(a) RETURNS integer LANGUAGE sql AS 'SELECT 1';
--= ok
CREATE INDEX ia ON a (name);
--= ok
DROP TABLE a;
--= 2BP01 cannot drop table a because other objects depend on it
DROP VIEW va;
--= 2BP01 cannot drop view va because other objects depend on it
DROP TABLE a, b;
--= 2BP01 cannot drop desired object(s) because other objects depend on them
ALTER TABLE a DROP COLUMN name;
--= 2BP01 cannot drop column name of table a because other objects depend on it
ALTER TABLE a DROP COLUMN name CASCADE;
--= ok
SELECT * FROM va;
--= 42P01 @15 relation "va" does not exist
DROP INDEX a_pkey;
--= 2BP01 cannot drop index a_pkey because constraint a_pkey on table a requires it
DROP INDEX ia;
--= 42704 index "ia" does not exist
DROP TABLE b CASCADE;
--= ok
DROP TABLE a RESTRICT;
--= 2BP01 cannot drop table a because other objects depend on it
DROP TABLE a CASCADE;
--= ok
DROP FUNCTION fa(a);
--= 42704 type "a" does not exist
DROP TABLE IF EXISTS a;
--= ok
