CREATE TABLE a (id integer NOT NULL, name text);
--= ok
CREATE TABLE b (extra integer) INHERITS (a);
--= ok
CREATE TABLE c (name integer) INHERITS (a);
--= 42804 column "name" has a type conflict
CREATE TABLE c () INHERITS (nowhere);
--= 42P01 relation "nowhere" does not exist
ALTER TABLE b DROP COLUMN name;
--= 42P16 cannot drop inherited column "name"
ALTER TABLE b ALTER COLUMN name TYPE varchar(10);
--= [-17] 42P16 cannot alter inherited column "name"
--= [18-] 42P16 @28 cannot alter inherited column "name"
ALTER TABLE a ADD COLUMN more text;
--= ok
ALTER TABLE ONLY a ADD COLUMN less text;
--= 42P16 column must be added to child tables too
ALTER TABLE b RENAME COLUMN id TO other;
--= 42P16 cannot rename inherited column "id"
DROP TABLE a;
--= 2BP01 cannot drop table a because other objects depend on it
ALTER TABLE b NO INHERIT a;
--= ok
ALTER TABLE b NO INHERIT a;
--= 42P01 relation "a" is not a parent of relation "b"
ALTER TABLE a INHERIT a;
--= 42P07 circular inheritance not allowed
CREATE TABLE d (LIKE a INCLUDING ALL);
--= ok
CREATE TABLE e (LIKE nowhere);
--= 42P01 @22 relation "nowhere" does not exist
DROP TABLE a;
--= ok
