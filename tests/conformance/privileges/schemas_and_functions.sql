CREATE ROLE pgreckon_c;
--= ok
CREATE SCHEMA app;
--= ok
CREATE TABLE app.t (id integer);
--= ok
CREATE FUNCTION app.f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
--= ok
CREATE FUNCTION g() RETURNS integer LANGUAGE sql AS 'SELECT 1';
--= ok
REVOKE EXECUTE ON FUNCTION g() FROM PUBLIC;
--= ok
CREATE PROCEDURE pr() LANGUAGE sql AS 'SELECT 1';
--= ok
REVOKE ALL ON PROCEDURE pr() FROM PUBLIC;
--= ok
SET ROLE pgreckon_c;
--= ok
SELECT * FROM app.t;
--= 42501 @15 permission denied for schema app
SELECT app.f();
--= 42501 @8 permission denied for schema app
SELECT g();
--= 42501 permission denied for function g
CALL pr();
--= 42501 permission denied for procedure pr
CREATE TABLE app.x (id integer);
--= 42501 @14 permission denied for schema app
CREATE FUNCTION app.h() RETURNS integer LANGUAGE sql AS 'SELECT 1';
--= 42501 permission denied for schema app
ALTER FUNCTION g() STABLE;
--= 42501 must be owner of function g
DROP FUNCTION g();
--= 42501 must be owner of function g
CREATE OR REPLACE FUNCTION g() RETURNS integer LANGUAGE sql AS 'SELECT 2';
--= [-14] 42501 must be owner of function g
--= [15-] 42501 permission denied for schema public
ALTER SCHEMA app RENAME TO app2;
--= 42501 must be owner of schema app
DROP SCHEMA app;
--= 42501 must be owner of schema app
CREATE EXTENSION citext;
--= 42501 permission denied to create extension "citext"
CREATE ROLE pgreckon_d;
--= 42501 permission denied to create role
RESET ROLE;
--= ok
GRANT USAGE ON SCHEMA app TO pgreckon_c;
--= ok
SET ROLE pgreckon_c;
--= ok
SELECT * FROM app.t;
--= 42501 permission denied for table t
SELECT app.f();
--= ok
RESET ROLE;
--= ok
DROP SCHEMA app CASCADE;
--= ok
DROP FUNCTION g();
--= ok
DROP PROCEDURE pr();
--= ok
DROP ROLE pgreckon_c;
--= ok
