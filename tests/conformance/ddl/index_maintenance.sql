CREATE TABLE y (id integer PRIMARY KEY, v text);
--= ok
CREATE INDEX yv ON y (v);
--= ok
BEGIN;
--= ok
CREATE INDEX CONCURRENTLY yc ON y (v);
--= 25001 CREATE INDEX CONCURRENTLY cannot run inside a transaction block
ROLLBACK;
--= ok
BEGIN;
--= ok
DROP INDEX CONCURRENTLY yv;
--= 25001 DROP INDEX CONCURRENTLY cannot run inside a transaction block
ROLLBACK;
--= ok
REINDEX INDEX yv;
--= ok
REINDEX TABLE missing;
--= 42P01 relation "missing" does not exist
REINDEX INDEX y;
--= 42809 "y" is not an index
REINDEX TABLE CONCURRENTLY y;
--= ok
DROP INDEX CONCURRENTLY yv CASCADE;
--= 0A000 DROP INDEX CONCURRENTLY does not support CASCADE
DROP INDEX CONCURRENTLY yv, y_pkey;
--= 0A000 DROP INDEX CONCURRENTLY does not support dropping multiple objects
DROP INDEX y_pkey;
--= 2BP01 cannot drop index y_pkey because constraint y_pkey on table y requires it
ALTER INDEX yv SET (fillfactor = 70);
--= ok
ALTER INDEX yv SET (nothing = 70);
--= 22023 unrecognized parameter "nothing"
ALTER INDEX yv ALTER COLUMN 1 SET STATISTICS 100;
--= 0A000 cannot alter statistics on non-expression column "v" of index "yv"
ALTER INDEX missing RENAME TO q;
--= 42P01 relation "missing" does not exist
ALTER INDEX IF EXISTS missing RENAME TO q;
--= ok
ALTER INDEX yv RENAME TO y_pkey;
--= 42P07 relation "y_pkey" already exists
ALTER TABLE y CLUSTER ON yv;
--= ok
ALTER TABLE y CLUSTER ON missing;
--= 42704 index "missing" for table "y" does not exist
CLUSTER y;
--= ok
VACUUM y;
--= ok
VACUUM missing;
--= 42P01 relation "missing" does not exist
VACUUM (nothing) y;
--= 42601 @9 unrecognized VACUUM option "nothing"
ANALYZE y (missing);
--= 42703 column "missing" of relation "y" does not exist
ANALYZE y (v);
--= ok
BEGIN;
--= ok
VACUUM y;
--= 25001 VACUUM cannot run inside a transaction block
ROLLBACK;
--= ok
