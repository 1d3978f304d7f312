CREATE TEMP TABLE a (id integer) ON COMMIT DROP;
--= ok
SELECT * FROM a;
--= 42P01 @15 relation "a" does not exist
BEGIN;
--= ok
CREATE TEMP TABLE a (id integer) ON COMMIT DROP;
--= ok
INSERT INTO a VALUES (1);
--= ok
SELECT * FROM a;
--= ok
COMMIT;
--= ok
SELECT * FROM a;
--= 42P01 @15 relation "a" does not exist
CREATE TEMP TABLE b (id integer) ON COMMIT DELETE ROWS;
--= ok
SELECT * FROM b;
--= ok
CREATE TABLE c (id integer) ON COMMIT DROP;
--= 42P16 ON COMMIT can only be used on temporary tables
CREATE TEMP TABLE d ON COMMIT DROP AS SELECT 1 AS x;
--= ok
SELECT * FROM d;
--= 42P01 @15 relation "d" does not exist
BEGIN;
--= ok
CREATE TEMP TABLE e ON COMMIT DROP AS SELECT 1 AS x;
--= ok
SELECT x FROM e;
--= ok
ROLLBACK;
--= ok
SELECT x FROM e;
--= 42P01 @15 relation "e" does not exist
CREATE TEMP VIEW tv AS SELECT * FROM b;
--= ok
CREATE VIEW pv AS SELECT * FROM b;
--= ok
DROP TABLE b;
--= 2BP01 cannot drop table b because other objects depend on it
DROP VIEW tv;
--= ok
CREATE TABLE pg_temp.z (id integer);
--= ok
CREATE TEMP TABLE public.z (id integer);
--= 42P16 @19 cannot create temporary relation in non-temporary schema
ALTER TABLE z SET SCHEMA public;
--= 0A000 cannot move objects into or out of temporary schemas
CREATE TEMP SEQUENCE ts;
--= ok
CREATE TABLE uses (id integer DEFAULT nextval('ts'));
--= ok
DROP TABLE z;
--= ok
DISCARD TEMP;
--= ok
SELECT nextval('ts');
--= 42P01 @16 relation "ts" does not exist
