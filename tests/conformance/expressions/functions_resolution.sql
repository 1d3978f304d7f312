CREATE FUNCTION add(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT a + b';
--= ok
CREATE FUNCTION add(a numeric, b numeric) RETURNS numeric LANGUAGE sql AS 'SELECT a + b';
--= ok
CREATE FUNCTION greet(name text, greeting text DEFAULT 'hello') RETURNS text LANGUAGE sql AS 'SELECT greeting || name';
--= ok
CREATE FUNCTION total(VARIADIC xs int[]) RETURNS bigint LANGUAGE sql AS 'SELECT sum(x) FROM unnest(xs) x';
--= ok
SELECT add(1, 2), add(1.5, 2), add(1, 2::bigint);
--= ok
SELECT add('1', '2');
--= 42725 @8 function add(unknown, unknown) is not unique
SELECT add(1, 'x');
--= 22P02 @15 invalid input syntax for type integer: "x"
SELECT add(1, true);
--= 42883 @8 function add(integer, boolean) does not exist
SELECT add(1);
--= 42883 @8 function add(integer) does not exist
SELECT add(1, 2, 3);
--= 42883 @8 function add(integer, integer, integer) does not exist
SELECT greet('a'), greet('a', 'b'), greet(greeting => 'b', name => 'a');
--= ok
SELECT greet(1);
--= 42883 @8 function greet(integer) does not exist
SELECT greet(greeting => 'b');
--= 42883 @8 function greet(greeting => unknown) does not exist
SELECT greet('a', nme => 'b');
--= 42883 @8 function greet(unknown, nme => unknown) does not exist
SELECT greet(name => 'a', 'b');
--= 42601 @27 positional argument cannot follow named argument
SELECT greet('a', name => 'b');
--= 42883 @8 function greet(unknown, name => unknown) does not exist
SELECT total(1), total(1, 2, 3), total(VARIADIC ARRAY[1, 2]);
--= ok
SELECT total();
--= 42883 @8 function total() does not exist
SELECT total('a');
--= 22P02 @14 invalid input syntax for type integer: "a"
SELECT total(VARIADIC 1);
--= 42883 @8 function total(integer) does not exist
SELECT nothing(1);
--= 42883 @8 function nothing(integer) does not exist
SELECT pg_catalog.lower('A'), public.add(1, 2), public.lower('A');
--= 42883 @49 function public.lower(unknown) does not exist
SELECT nowhere.add(1, 2);
--= 3F000 @8 schema "nowhere" does not exist
SELECT count(DISTINCT lower('a')), lower(DISTINCT 'a');
--= 42809 @36 DISTINCT specified, but lower is not an aggregate function
SELECT lower('a') OVER ();
--= 42809 @8 OVER specified, but lower is not a window function nor an aggregate function
SELECT lower('a') FILTER (WHERE true);
--= 42809 @8 FILTER specified, but lower is not an aggregate function
SELECT sum(1) WITHIN GROUP (ORDER BY 1);
--= 42883 @8 function sum(integer, integer) does not exist
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM (VALUES (1.0), (2.0)) v(x);
--= ok
SELECT percentile_cont(0.5);
--= 42883 @8 function percentile_cont(numeric) does not exist
SELECT current_user(), now, now();
--= 42601 @20 syntax error at or near "("
SELECT current_date, current_timestamp(2), localtime, session_user;
--= ok
