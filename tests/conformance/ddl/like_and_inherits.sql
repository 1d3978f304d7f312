CREATE TABLE src (id serial PRIMARY KEY, v text DEFAULT 'x' CHECK (v <> ''), UNIQUE (v));
--= ok
CREATE TABLE l1 (LIKE src);
--= ok
CREATE TABLE l2 (LIKE src INCLUDING ALL);
--= ok
CREATE TABLE l3 (LIKE missing);
--= 42P01 @23 relation "missing" does not exist
CREATE TABLE l4 (LIKE src, id integer);
--= 42701 column "id" specified more than once
CREATE TABLE l5 (LIKE src INCLUDING DEFAULTS EXCLUDING CONSTRAINTS, extra text);
--= ok
DROP TABLE src;
--= 2BP01 cannot drop table src because other objects depend on it
CREATE TABLE p1 (a integer, b text);
--= ok
CREATE TABLE p2 (a bigint, c text);
--= ok
CREATE TABLE c1 () INHERITS (p1, p2);
--= 42804 inherited column "a" has a type conflict
CREATE TABLE c1 (a integer, d text) INHERITS (p1);
--= ok
CREATE TABLE c2 (a text) INHERITS (p1);
--= 42804 column "a" has a type conflict
CREATE TABLE c3 () INHERITS (missing);
--= 42P01 relation "missing" does not exist
CREATE TABLE c3 () INHERITS (p1, p1);
--= 42P07 relation "p1" would be inherited from more than once
ALTER TABLE p1 ADD COLUMN d text;
--= ok
ALTER TABLE p1 ADD COLUMN e text;
--= ok
ALTER TABLE c1 DROP COLUMN e;
--= 42P16 cannot drop inherited column "e"
ALTER TABLE c1 RENAME COLUMN a TO z;
--= 42P16 cannot rename inherited column "a"
ALTER TABLE c1 ALTER COLUMN a TYPE bigint;
--= [-17] 42P16 cannot alter inherited column "a"
--= [18-] 42P16 @29 cannot alter inherited column "a"
ALTER TABLE ONLY p1 RENAME COLUMN a TO z;
--= 42P16 inherited column "a" must be renamed in child tables too
ALTER TABLE p1 RENAME COLUMN a TO z;
--= ok
ALTER TABLE c1 NO INHERIT p1;
--= ok
ALTER TABLE c1 NO INHERIT p1;
--= 42P01 relation "p1" is not a parent of relation "c1"
ALTER TABLE c1 INHERIT p2;
--= 42804 child table is missing column "a"
ALTER TABLE c1 INHERIT p1;
--= ok
ALTER TABLE p1 INHERIT c1;
--= 42P07 circular inheritance not allowed
ALTER TABLE p1 ADD CONSTRAINT ck CHECK (z > 0);
--= ok
ALTER TABLE c1 DROP CONSTRAINT ck;
--= 42P16 cannot drop inherited constraint "ck" of relation "c1"
DROP TABLE p1;
--= 2BP01 cannot drop table p1 because other objects depend on it
DROP TABLE p1 CASCADE;
--= ok
