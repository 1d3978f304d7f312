CREATE SCHEMA app;
--= ok
CREATE SCHEMA app;
--= 42P06 schema "app" already exists
CREATE SCHEMA IF NOT EXISTS app;
--= ok
CREATE SCHEMA pg_app;
--= 42939 unacceptable schema name "pg_app"
CREATE SCHEMA app2 CREATE TABLE t (id integer) CREATE VIEW v AS SELECT id FROM t;
--= ok
CREATE SCHEMA app3 CREATE TABLE app2.t (id integer);
--= 42P15 CREATE specifies a schema (app2) different from the one being created (app3)
ALTER SCHEMA app2 RENAME TO app;
--= 42P06 schema "app" already exists
ALTER SCHEMA app2 RENAME TO app4;
--= ok
SELECT * FROM app2.t;
--= 42P01 @15 relation "app2.t" does not exist
SELECT * FROM app4.v;
--= ok
DROP SCHEMA app4;
--= 2BP01 cannot drop schema app4 because other objects depend on it
DROP SCHEMA app4 CASCADE;
--= ok
DROP SCHEMA app4;
--= 3F000 schema "app4" does not exist
DROP SCHEMA IF EXISTS app4;
--= ok
ALTER SCHEMA nothing OWNER TO postgres;
--= 3F000 schema "nothing" does not exist
