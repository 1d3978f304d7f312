CREATE ROLE pgreckon_a;
--= ok
CREATE ROLE pgreckon_a;
--= 42710 role "pgreckon_a" already exists
CREATE ROLE pgreckon_b LOGIN IN ROLE pgreckon_a;
--= ok
CREATE TABLE t (id integer, name text);
--= ok
GRANT SELECT ON t TO pgreckon_a;
--= ok
GRANT SELECT ON t TO nobody_at_all;
--= 42704 role "nobody_at_all" does not exist
GRANT SELECT ON nowhere TO pgreckon_a;
--= 42P01 relation "nowhere" does not exist
GRANT EXECUTE ON t TO pgreckon_a;
--= 0LP01 invalid privilege type EXECUTE for relation
GRANT SELECT (nothing) ON t TO pgreckon_a;
--= 42703 column "nothing" of relation "t" does not exist
GRANT USAGE ON SCHEMA nowhere TO pgreckon_a;
--= 3F000 schema "nowhere" does not exist
GRANT pgreckon_b TO pgreckon_a;
--= 0LP01 role "pgreckon_b" is a member of role "pgreckon_a"
REVOKE SELECT ON t FROM pgreckon_b;
--= ok
DROP ROLE pgreckon_a;
--= 2BP01 role "pgreckon_a" cannot be dropped because some objects depend on it
ALTER TABLE t OWNER TO pgreckon_b;
--= ok
SET ROLE pgreckon_a;
--= ok
DROP TABLE t;
--= 42501 must be owner of table t
INSERT INTO t VALUES (1);
--= 42501 permission denied for table t
CREATE SCHEMA mine;
--= 42501 permission denied for database pgreckon_record
RESET ROLE;
--= ok
DROP TABLE t;
--= ok
ALTER ROLE pgreckon_a RENAME TO pgreckon_b;
--= 42710 role "pgreckon_b" already exists
DROP ROLE pgreckon_b, pgreckon_a;
--= ok
