-- Transactions that are read-only, their isolation level and when both can be set.

CREATE TABLE ro (a int);
--= ok
CREATE SEQUENCE ros;
--= ok
BEGIN READ ONLY;
--= ok
INSERT INTO ro VALUES (1);
--= 25006 cannot execute INSERT in a read-only transaction
ROLLBACK;
--= ok
BEGIN READ ONLY;
--= ok
SELECT * FROM ro FOR UPDATE;
--= 25006 cannot execute SELECT FOR UPDATE in a read-only transaction
ROLLBACK;
--= ok
BEGIN READ ONLY;
--= ok
CREATE TABLE ro2 (a int);
--= 25006 cannot execute CREATE TABLE in a read-only transaction
ROLLBACK;
--= ok
BEGIN READ ONLY;
--= ok
SELECT nextval('ros');
--= 25006 cannot execute nextval() in a read-only transaction
ROLLBACK;
--= ok
BEGIN READ ONLY;
--= ok
EXPLAIN DELETE FROM ro;
--= ok
SELECT count(*) INTO ro3 FROM ro;
--= 25006 cannot execute SELECT INTO in a read-only transaction
ROLLBACK;
--= ok
BEGIN READ ONLY;
--= ok
SAVEPOINT a;
--= ok
SET TRANSACTION READ WRITE;
--= 25001 cannot set transaction read-write mode inside a read-only transaction
ROLLBACK;
--= ok
BEGIN READ ONLY;
--= ok
SET TRANSACTION READ WRITE;
--= ok
INSERT INTO ro VALUES (1);
--= ok
COMMIT;
--= ok
BEGIN READ ONLY;
--= ok
SELECT 1;
--= ok
SET transaction_read_only = off;
--= 25001 transaction read-write mode must be set before any query
ROLLBACK;
--= ok
BEGIN;
--= ok
SELECT 1;
--= ok
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
--= 25001 SET TRANSACTION ISOLATION LEVEL must be called before any query
ROLLBACK;
--= ok
BEGIN;
--= ok
SAVEPOINT a;
--= ok
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
--= 25001 SET TRANSACTION ISOLATION LEVEL must not be called in a subtransaction
ROLLBACK;
--= ok
BEGIN ISOLATION LEVEL SERIALIZABLE;
--= ok
SELECT 1;
--= ok
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
--= ok
COMMIT;
--= ok
BEGIN;
--= ok
SELECT 1;
--= ok
SET TRANSACTION DEFERRABLE;
--= 25001 SET TRANSACTION [NOT] DEFERRABLE must be called before any query
ROLLBACK;
--= ok
BEGIN;
--= ok
SET TRANSACTION SNAPSHOT 'x';
--= 0A000 a snapshot-importing transaction must have isolation level SERIALIZABLE or REPEATABLE READ
ROLLBACK;
--= ok
SET default_transaction_read_only = on;
--= ok
DROP TABLE ro;
--= 25006 cannot execute DROP TABLE in a read-only transaction
RESET default_transaction_read_only;
--= ok
DROP TABLE ro;
--= ok
