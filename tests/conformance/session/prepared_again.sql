-- A prepared statement is analysed again when it is run.

CREATE TABLE pa (a int, b text);
--= ok
PREPARE p AS SELECT * FROM pa;
--= ok
EXECUTE p;
--= ok
EXECUTE p(1);
--= ok
ALTER TABLE pa ADD COLUMN c int;
--= ok
EXECUTE p;
--= 0A000 cached plan must not change result type
ALTER TABLE pa DROP COLUMN c;
--= ok
EXECUTE p;
--= ok
ALTER TABLE pa ALTER COLUMN a TYPE bigint;
--= ok
EXECUTE p;
--= 0A000 cached plan must not change result type
PREPARE q(int) AS SELECT a FROM pa WHERE a = $1;
--= ok
DROP TABLE pa;
--= ok
EXECUTE q(1);
--= 42P01 @33 relation "pa" does not exist
BEGIN;
--= ok
DECLARE c CURSOR FOR SELECT 1;
--= ok
DECLARE c CURSOR FOR SELECT 2;
--= 42P03 cursor "c" already exists
ROLLBACK;
--= ok
CREATE TEMP TABLE gone (a int);
--= ok
DISCARD TEMP;
--= ok
SELECT * FROM gone;
--= 42P01 @15 relation "gone" does not exist
