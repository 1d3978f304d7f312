CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';
--= ok
CREATE OR REPLACE FUNCTION f(a integer) RETURNS text LANGUAGE sql AS 'SELECT a::text';
--= 42P13 cannot change return type of existing function
CREATE OR REPLACE FUNCTION f(b integer) RETURNS integer LANGUAGE sql AS 'SELECT b';
--= 42P13 cannot change name of input parameter "a"
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';
--= 42723 function "f" already exists with same argument types
CREATE FUNCTION f(a integer, b text DEFAULT 'x') RETURNS integer LANGUAGE sql AS 'SELECT a';
--= ok
SELECT f(1);
--= 42725 @8 function f(integer) is not unique
DROP FUNCTION f;
--= 42725 function name "f" is not unique
DROP FUNCTION f(integer);
--= ok
DROP FUNCTION f;
--= ok
DROP FUNCTION f;
--= 42883 could not find a function named "f"
DROP FUNCTION IF EXISTS f;
--= ok
DROP FUNCTION IF EXISTS f(missing);
--= ok
CREATE FUNCTION g(missing) RETURNS integer LANGUAGE sql AS 'SELECT 1';
--= [-17] 42704 type missing does not exist
--= [18-] 42704 @19 type missing does not exist
CREATE FUNCTION g() RETURNS missing LANGUAGE sql AS 'SELECT 1';
--= 42704 type "missing" does not exist
CREATE FUNCTION g() RETURNS integer LANGUAGE nothing AS 'SELECT 1';
--= 42704 language "nothing" does not exist
CREATE FUNCTION g() RETURNS integer LANGUAGE sql AS 'SELECT missing';
--= 42703 @61 column "missing" does not exist
CREATE FUNCTION g() RETURNS integer LANGUAGE sql AS 'SELECT ''x''::text';
--= 42P13 return type mismatch in function declared to return integer
CREATE FUNCTION g() RETURNS integer LANGUAGE sql AS 'SELEC 1';
--= 42601 @54 syntax error at or near "SELEC"
CREATE FUNCTION g() RETURNS integer LANGUAGE sql AS '';
--= 42P13 return type mismatch in function declared to return integer
CREATE FUNCTION g(OUT a integer, OUT b text) LANGUAGE sql AS 'SELECT 1, ''x''::text';
--= ok
CREATE OR REPLACE FUNCTION g(OUT a integer, OUT c text) LANGUAGE sql AS 'SELECT 1, ''x''::text';
--= 42P13 cannot change return type of existing function
CREATE OR REPLACE FUNCTION g(OUT a integer) LANGUAGE sql AS 'SELECT 1';
--= 42P13 cannot change return type of existing function
CREATE FUNCTION h(a integer DEFAULT 1, b integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
--= [-17] 42P13 input parameters after one with a default value must also have defaults
--= [18-] 42P13 @40 input parameters after one with a default value must also have defaults
CREATE FUNCTION h(a integer DEFAULT 'x') RETURNS integer LANGUAGE sql AS 'SELECT 1';
--= 22P02 @37 invalid input syntax for type integer: "x"
CREATE FUNCTION h(VARIADIC a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
--= [-17] 42P13 VARIADIC parameter must be an array
--= [18-] 42P13 @19 VARIADIC parameter must be an array
CREATE FUNCTION h(a integer, a text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
--= [-17] 42P13 parameter name "a" used more than once
--= [18-] 42P13 @30 parameter name "a" used more than once
CREATE FUNCTION h() RETURNS TABLE (a integer, a text) LANGUAGE sql AS 'SELECT 1';
--= [-17] 42P13 parameter name "a" used more than once
--= [18-] 42P13 @47 parameter name "a" used more than once
CREATE OR REPLACE PROCEDURE g() LANGUAGE sql AS 'SELECT 1';
--= 42809 cannot change routine kind
DROP PROCEDURE g();
--= 42809 g() is not a procedure
DROP AGGREGATE g();
--= 42601 @18 syntax error at or near ")"
DROP ROUTINE g();
--= ok
