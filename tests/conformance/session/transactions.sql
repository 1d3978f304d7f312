BEGIN;
--= ok
CREATE TABLE t (id integer);
--= ok
ROLLBACK;
--= ok
SELECT * FROM t;
--= 42P01 @15 relation "t" does not exist
BEGIN;
--= ok
SELECT nothing;
--= 42703 @8 column "nothing" does not exist
SELECT 1;
--= 25P02 current transaction is aborted, commands ignored until end of transaction block
ROLLBACK;
--= ok
BEGIN;
--= ok
CREATE TABLE t (id integer);
--= ok
SAVEPOINT a;
--= ok
DROP TABLE t;
--= ok
SELECT * FROM t;
--= 42P01 @15 relation "t" does not exist
ROLLBACK TO a;
--= ok
SELECT * FROM t;
--= ok
ROLLBACK TO nothing;
--= 3B001 savepoint "nothing" does not exist
COMMIT;
--= ok
SELECT * FROM t;
--= 42P01 @15 relation "t" does not exist
SAVEPOINT outside;
--= 25P01 SAVEPOINT can only be used in transaction blocks
RELEASE SAVEPOINT outside;
--= 25P01 RELEASE SAVEPOINT can only be used in transaction blocks
COMMIT;
--= ok
BEGIN;
--= ok
VACUUM;
--= 25001 VACUUM cannot run inside a transaction block
ROLLBACK;
--= ok
BEGIN;
--= ok
CREATE INDEX CONCURRENTLY i ON pg_class (relname);
--= 25001 CREATE INDEX CONCURRENTLY cannot run inside a transaction block
ROLLBACK;
--= ok
BEGIN;
--= ok
CREATE DATABASE other;
--= 25001 CREATE DATABASE cannot run inside a transaction block
ROLLBACK;
--= ok
