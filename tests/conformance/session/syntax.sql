SELEC 1;
--= 42601 @1 syntax error at or near "SELEC"
CREATE TABLE (id integer);
--= 42601 @14 syntax error at or near "("
CREATE TABLE t (id integer,);
--= 42601 @28 syntax error at or near ")"
CREATE TABLE t id integer;
--= 42601 @16 syntax error at or near "id"
SELECT * FORM t;
--= 42601 @10 syntax error at or near "FORM"
SELECT 1 FROM;
--= 42601 @14 syntax error at or near ";"
INSERT INTO t VALUES;
--= 42601 @21 syntax error at or near ";"
ALTER TABLE t ADD;
--= 42601 @18 syntax error at or near ";"
SELECT 'a' 'b';
--= 42601 @12 syntax error at or near "'b'"
CREATE TABLE user (id integer);
--= 42601 @14 syntax error at or near "user"
CREATE TABLE "user" (id integer);
--= ok
SELECT $1;
--= 42P02 @8 there is no parameter $1
DROP TABLE IF EXIST t;
--= 42601 @15 syntax error at or near "EXIST"
SELECT 1 AS select;
--= ok
CREATE INDEX ON "user" USING (id);
--= 42601 @30 syntax error at or near "("
UPDATE SET x = 1;
--= 42601 @14 syntax error at or near "="
GRANT ALL ON TO x;
--= 42601 @14 syntax error at or near "TO"
