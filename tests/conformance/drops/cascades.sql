CREATE SCHEMA app;
--= ok
CREATE TYPE app.mood AS ENUM ('a', 'b');
--= ok
CREATE TABLE app.t (id integer PRIMARY KEY, m app.mood);
--= ok
CREATE TABLE app.u (id integer REFERENCES app.t);
--= ok
CREATE VIEW app.v AS SELECT * FROM app.t;
--= ok
CREATE FUNCTION app.f(app.mood) RETURNS integer LANGUAGE sql AS 'SELECT 1';
--= ok
CREATE INDEX ti ON app.t (m);
--= ok
DROP TYPE app.mood;
--= 2BP01 cannot drop type app.mood because other objects depend on it
DROP TABLE app.t;
--= 2BP01 cannot drop table app.t because other objects depend on it
DROP SCHEMA app;
--= 2BP01 cannot drop schema app because other objects depend on it
DROP VIEW app.v;
--= ok
DROP TABLE app.t;
--= 2BP01 cannot drop table app.t because other objects depend on it
DROP TABLE app.t CASCADE;
--= ok
DROP TYPE app.mood;
--= 2BP01 cannot drop type app.mood because other objects depend on it
DROP TYPE app.mood CASCADE;
--= ok
DROP FUNCTION app.f(app.mood);
--= 42704 type "app.mood" does not exist
DROP SCHEMA app;
--= 2BP01 cannot drop schema app because other objects depend on it
DROP TABLE app.u;
--= ok
DROP SCHEMA app;
--= ok
DROP SCHEMA app;
--= 3F000 schema "app" does not exist
DROP SCHEMA IF EXISTS app;
--= ok
DROP TABLE IF EXISTS app.t;
--= ok
DROP TABLE missing.t;
--= 3F000 schema "missing" does not exist
DROP TABLE IF EXISTS missing.t CASCADE;
--= ok
DROP TYPE IF EXISTS missing.mood;
--= ok
DROP FUNCTION IF EXISTS missing.f(integer);
--= ok
DROP TRIGGER IF EXISTS tr ON missing;
--= ok
DROP POLICY IF EXISTS p ON missing;
--= ok
DROP EXTENSION missing;
--= 42704 extension "missing" does not exist
DROP EXTENSION IF EXISTS missing;
--= ok
DROP INDEX IF EXISTS ti;
--= ok
