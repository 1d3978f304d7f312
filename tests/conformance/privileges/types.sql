-- USAGE of types.
CREATE ROLE pgreckon_d;
--= ok
GRANT CREATE ON SCHEMA public TO PUBLIC;
--= ok
CREATE TYPE tp AS (a int, b text);
--= ok
CREATE DOMAIN dm AS int;
--= ok
REVOKE USAGE ON DOMAIN dm FROM PUBLIC;
--= ok
REVOKE USAGE ON TYPE tp FROM PUBLIC;
--= ok
CREATE FUNCTION agg_f(bigint, dm) RETURNS bigint LANGUAGE sql AS 'SELECT $1';
--= ok
CREATE FUNCTION hidden(int, int) RETURNS int LANGUAGE sql AS 'SELECT 1';
--= ok
REVOKE EXECUTE ON FUNCTION hidden(int, int) FROM PUBLIC;
--= ok
SET ROLE pgreckon_d;
--= ok
CREATE AGGREGATE ag(dm) (SFUNC = agg_f, STYPE = bigint);
--= 42501 permission denied for type dm
CREATE DOMAIN d2 AS dm;
--= 42501 permission denied for type dm
CREATE DOMAIN d3 AS int;
--= ok
CREATE FUNCTION cf(int) RETURNS d3 LANGUAGE sql AS 'SELECT $1::d3';
--= ok
CREATE CAST (dm AS d3) WITH FUNCTION cf(int);
--= 42501 permission denied for type dm
CREATE OPERATOR !+! (PROCEDURE = hidden, LEFTARG = int, RIGHTARG = int);
--= 42501 permission denied for function hidden
CREATE TABLE t5 (a int, b dm);
--= 42501 permission denied for type dm
CREATE TABLE t6 OF tp;
--= 42501 permission denied for type tp
CREATE TABLE t10 (a int[], b tp[]);
--= 42501 permission denied for type tp
CREATE TABLE t9 (a int, b int);
--= ok
ALTER TABLE t9 ADD COLUMN c dm;
--= 42501 permission denied for type dm
ALTER TABLE t9 ALTER COLUMN b TYPE dm;
--= 42501 permission denied for type dm
CREATE TYPE t7 AS (a int, b dm);
--= 42501 permission denied for type dm
CREATE TABLE t11 AS SELECT 1::dm AS a;
--= 42501 permission denied for type dm
CREATE VIEW v AS SELECT 1::dm;
--= 42501 permission denied for type dm
RESET ROLE;
--= ok
