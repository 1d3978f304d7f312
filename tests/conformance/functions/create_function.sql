CREATE TABLE t (id integer, name text);
--= ok
CREATE FUNCTION add(a integer, b integer) RETURNS integer LANGUAGE sql AS 'SELECT a + b';
--= ok
CREATE FUNCTION add(a integer, b integer) RETURNS integer LANGUAGE sql AS 'SELECT a + b';
--= 42723 function "add" already exists with same argument types
CREATE OR REPLACE FUNCTION add(a integer, b integer) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
--= 42P13 cannot change return type of existing function
CREATE OR REPLACE FUNCTION add(x integer, b integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
--= 42P13 cannot change name of input parameter "a"
CREATE FUNCTION f() RETURNS nosuchtype LANGUAGE sql AS 'SELECT 1';
--= 42704 type "nosuchtype" does not exist
CREATE FUNCTION f() RETURNS integer LANGUAGE nosuchlanguage AS 'SELECT 1';
--= 42704 language "nosuchlanguage" does not exist
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT nothing FROM t';
--= 42703 @61 column "nothing" does not exist
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT name FROM t';
--= 42P13 return type mismatch in function declared to return integer
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1, 2';
--= 42P13 return type mismatch in function declared to return integer
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELEC 1';
--= 42601 @54 syntax error at or near "SELEC"
CREATE FUNCTION f(a integer DEFAULT 1, b integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
--= [-17] 42P13 input parameters after one with a default value must also have defaults
--= [18-] 42P13 @40 input parameters after one with a default value must also have defaults
CREATE FUNCTION f(a integer, a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
--= [-17] 42P13 parameter name "a" used more than once
--= [18-] 42P13 @30 parameter name "a" used more than once
CREATE FUNCTION f(OUT a integer) RETURNS text LANGUAGE sql AS 'SELECT 1';
--= 42P13 function result type must be integer because of OUT parameters
CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN 1 END';
--= [-13] 42601 @73 syntax error at or near "END"
--= [14-] 42601 @76 syntax error at end of input
CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
--= ok
CREATE PROCEDURE p(a integer) LANGUAGE sql AS 'INSERT INTO t VALUES (a)';
--= ok
SELECT p(1);
--= 42809 @8 p(integer) is a procedure
CALL f();
--= 42809 @6 f() is not a procedure
CALL p('x');
--= 22P02 @8 invalid input syntax for type integer: "x"
DROP FUNCTION p(integer);
--= 42809 p(integer) is not a function
DROP FUNCTION add;
--= ok
DROP FUNCTION add(text);
--= 42883 function add(text) does not exist
