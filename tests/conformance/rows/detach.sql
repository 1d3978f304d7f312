-- A partition whose rows are referenced through its parent.
CREATE TABLE k (a int PRIMARY KEY) PARTITION BY RANGE (a);
--= ok
CREATE TABLE k1 PARTITION OF k FOR VALUES FROM (0) TO (1000);
--= ok
CREATE TABLE k2 PARTITION OF k FOR VALUES FROM (1000) TO (2000) PARTITION BY RANGE (a);
--= ok
CREATE TABLE k21 PARTITION OF k2 FOR VALUES FROM (1000) TO (1400);
--= ok
CREATE TABLE k2d PARTITION OF k2 DEFAULT;
--= ok
INSERT INTO k VALUES (1), (1000), (1500);
--= ok
CREATE TABLE f (a int CONSTRAINT f_key REFERENCES k);
--= ok
INSERT INTO f VALUES (1), (1500), (3);
--= 23503 insert or update on table "f" violates foreign key constraint "f_key"
INSERT INTO f VALUES (1), (1500);
--= ok
ALTER TABLE k2 DETACH PARTITION k21;
--= ok
DROP TABLE k1;
--= 2BP01 cannot drop table k1 because other objects depend on it
DELETE FROM f WHERE a = 1;
--= ok
ALTER TABLE k DETACH PARTITION k1;
--= ok
DROP TABLE k1;
--= ok
CREATE TYPE r AS RANGE (SUBTYPE = text);
--= ok
CREATE SCHEMA one;
--= ok
CREATE SCHEMA two;
--= ok
CREATE TYPE one.c AS (a int);
--= ok
ALTER TYPE one.c SET SCHEMA two;
--= ok
DROP SCHEMA one;
--= ok
