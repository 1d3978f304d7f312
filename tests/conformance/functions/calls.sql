CREATE FUNCTION f(a integer) RETURNS text LANGUAGE sql AS $$SELECT 'integer'$$;
--= ok
CREATE FUNCTION f(a text) RETURNS text LANGUAGE sql AS $$SELECT 'text'$$;
--= ok
CREATE FUNCTION g(a integer, b integer DEFAULT 2) RETURNS integer LANGUAGE sql AS 'SELECT a + b';
--= ok
SELECT f(1);
--= ok
SELECT f('x');
--= ok
SELECT f(1.5);
--= 42883 @8 function f(numeric) does not exist
SELECT f(true);
--= 42883 @8 function f(boolean) does not exist
SELECT g(1);
--= ok
SELECT g(1, b => 3);
--= ok
SELECT g(b => 3);
--= 42883 @8 function g(b => integer) does not exist
SELECT g(a => 1, a => 2);
--= 42601 @18 argument name "a" used more than once
SELECT g(1, c => 3);
--= 42883 @8 function g(integer, c => integer) does not exist
SELECT g(1, 2, 3);
--= 42883 @8 function g(integer, integer, integer) does not exist
SELECT nothing(1);
--= 42883 @8 function nothing(integer) does not exist
SELECT lower(1);
--= 42883 @8 function lower(integer) does not exist
SELECT upper('a', 'b');
--= 42883 @8 function upper(unknown, unknown) does not exist
SELECT count(DISTINCT 1) OVER ();
--= 0A000 @8 DISTINCT is not implemented for window functions
SELECT row_number();
--= 42809 @8 window function row_number requires an OVER clause
SELECT lower('x') OVER ();
--= 42809 @8 OVER specified, but lower is not a window function nor an aggregate function
SELECT sum(count(*)) FROM pg_class;
--= 42803 @12 aggregate function calls cannot be nested
DROP FUNCTION f;
--= 42725 function name "f" is not unique
