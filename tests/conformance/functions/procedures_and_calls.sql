CREATE PROCEDURE note(msg text, level int DEFAULT 1) LANGUAGE sql AS 'SELECT 1';
--= ok
CREATE PROCEDURE twice(INOUT x int) LANGUAGE plpgsql AS 'BEGIN x := x * 2; END';
--= ok
CREATE FUNCTION plain(x int) RETURNS int LANGUAGE sql AS 'SELECT x';
--= ok
CREATE FUNCTION firstof(anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT $1[1]';
--= ok
CREATE FUNCTION same(anyelement, anyelement) RETURNS boolean LANGUAGE sql AS 'SELECT $1 = $2';
--= ok
CREATE FUNCTION compat(anycompatible, anycompatible) RETURNS anycompatible LANGUAGE sql AS 'SELECT $1';
--= ok
CALL note('a');
--= ok
CALL note('a', 2);
--= ok
CALL note(level => 2, msg => 'a');
--= ok
CALL note();
--= 42883 @6 procedure note() does not exist
CALL note('a', 'x');
--= 22P02 @16 invalid input syntax for type integer: "x"
CALL note('a', 1, 2);
--= 42883 @6 procedure note(unknown, integer, integer) does not exist
CALL plain(1);
--= 42809 @6 plain(integer) is not a procedure
CALL missing(1);
--= 42883 @6 procedure missing(integer) does not exist
SELECT note('a');
--= 42809 @8 note(unknown) is a procedure
CALL twice(2);
--= ok
SELECT plain(ALL 1);
--= ok
SELECT plain('1'), plain(1::smallint), plain(1::bigint);
--= 42883 @40 function plain(bigint) does not exist
SELECT firstof(ARRAY[1, 2]), firstof('{1,2}'::text[]);
--= ok
SELECT firstof(1);
--= 42883 @8 function firstof(integer) does not exist
SELECT firstof('{1,2}');
--= 42804 could not determine polymorphic type because input has type unknown
SELECT same(1, 2), same('a'::text, 'b');
--= ok
SELECT same(1, 'x');
--= 22P02 @16 invalid input syntax for type integer: "x"
SELECT same(1, 2.5);
--= 42883 @8 function same(integer, numeric) does not exist
SELECT same('a', 'b');
--= 42804 could not determine polymorphic type because input has type unknown
SELECT compat(1, 2.5), compat('a', 'b');
--= ok
SELECT compat(1, now());
--= 42883 @8 function compat(integer, timestamp with time zone) does not exist
SELECT public.plain(1), plain(x => 1), plain(y => 1);
--= 42883 @40 function plain(y => integer) does not exist
SELECT plain FROM plain(1);
--= ok
SELECT plain;
--= 42703 @8 column "plain" does not exist
CALL note((SELECT 'a'));
--= 0A000 @11 cannot use subquery in CALL argument
CALL note(lower('A'), sum(1));
--= 42803 @23 aggregate functions are not allowed in CALL arguments
