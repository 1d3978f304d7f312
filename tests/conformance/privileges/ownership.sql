CREATE ROLE pgreckon_c;
--= ok
CREATE ROLE pgreckon_d;
--= ok
CREATE TABLE t (id integer);
--= ok
CREATE TYPE mood AS ENUM ('sad');
--= ok
CREATE DOMAIN pos AS integer;
--= ok
CREATE SEQUENCE s;
--= ok
CREATE VIEW v AS SELECT 1 AS a;
--= ok
GRANT CREATE ON SCHEMA public TO pgreckon_c;
--= ok
SET ROLE pgreckon_c;
--= ok
ALTER TYPE mood ADD VALUE 'ok';
--= 42501 must be owner of type mood
ALTER TYPE mood RENAME TO m2;
--= 42501 must be owner of type mood
DROP TYPE mood;
--= 42501 must be owner of type mood
ALTER DOMAIN pos SET NOT NULL;
--= 42501 must be owner of type pos
DROP DOMAIN pos;
--= 42501 must be owner of type pos
CREATE TRIGGER tr AFTER INSERT ON t EXECUTE FUNCTION suppress_redundant_updates_trigger();
--= 42501 permission denied for table t
CREATE RULE r AS ON INSERT TO t DO NOTHING;
--= 42501 must be owner of table t
CREATE STATISTICS st ON id, id FROM t;
--= 42501 must be owner of table t
ALTER VIEW v RENAME TO w;
--= 42501 must be owner of view v
CREATE OR REPLACE VIEW v AS SELECT 1 AS a;
--= 42501 must be owner of view v
REFRESH MATERIALIZED VIEW v;
--= 42809 "v" is not a table or materialized view
VACUUM t;
--= ok
REINDEX TABLE t;
--= [-16] 42501 must be owner of table t
--= [17-] 42501 permission denied for table t
CREATE TABLE mine (id integer);
--= ok
ALTER TABLE mine OWNER TO pgreckon_d;
--= [-15] 42501 must be member of role "pgreckon_d"
--= [16-] 42501 must be able to SET ROLE "pgreckon_d"
ALTER TABLE mine SET SCHEMA pg_temp;
--= 0A000 cannot move objects into or out of temporary schemas
GRANT SELECT ON t TO pgreckon_d;
--= 42501 permission denied for table t
GRANT pgreckon_d TO pgreckon_c;
--= [-15] 42501 must have admin option on role "pgreckon_d"
--= [16-] 42501 permission denied to grant role "pgreckon_d"
ALTER ROLE pgreckon_d LOGIN;
--= [-15] 42501 permission denied
--= [16-] 42501 permission denied to alter role
DROP ROLE pgreckon_d;
--= 42501 permission denied to drop role
CREATE DATABASE other;
--= 42501 permission denied to create database
SET ROLE pgreckon_d;
--= ok
RESET ROLE;
--= ok
DROP TABLE t, mine;
--= ok
DROP VIEW v;
--= ok
DROP SEQUENCE s;
--= ok
DROP TYPE mood;
--= ok
DROP DOMAIN pos;
--= ok
REVOKE ALL ON SCHEMA public FROM pgreckon_c;
--= ok
DROP ROLE pgreckon_c, pgreckon_d;
--= ok
