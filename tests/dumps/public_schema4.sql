-- The public schema dropped and made again.
-- versions: 15-
DROP SCHEMA public;
CREATE SCHEMA public;
CREATE TABLE t (a int);
