-- The functions behind an aggregate.
CREATE FUNCTION least_accum(anyelement, VARIADIC anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT least($1, min($2[i])) FROM generate_subscripts($2, 1) g(i)';
--= ok
CREATE AGGREGATE least_agg(VARIADIC items anyarray) (STYPE = anyelement, SFUNC = least_accum);
--= ok
CREATE FUNCTION less(anycompatible, anycompatible) RETURNS anycompatible LANGUAGE sql AS 'SELECT least($1, $2)';
--= ok
CREATE AGGREGATE less_agg(int4) (STYPE = int8, SFUNC = less);
--= 42804 function less(bigint, bigint) requires run-time type coercion
CREATE AGGREGATE less_agg(int8) (STYPE = int8, SFUNC = less);
--= ok
CREATE FUNCTION back(float8, float8) RETURNS float8 LANGUAGE sql STRICT AS 'SELECT $1 - $2';
--= ok
CREATE FUNCTION loose(float8, float8) RETURNS float8 LANGUAGE sql AS 'SELECT $1 - $2';
--= ok
CREATE FUNCTION back_int(float8, float8) RETURNS int LANGUAGE sql STRICT AS 'SELECT 1';
--= ok
CREATE AGGREGATE a1 (float8) (STYPE = float8, SFUNC = float8pl, MSTYPE = float8, MSFUNC = float8pl, MINVFUNC = back_int);
--= 42804 return type of inverse transition function back_int is not double precision
CREATE AGGREGATE a2 (float8) (STYPE = float8, SFUNC = float8pl, MSTYPE = float8, MSFUNC = float8pl, MINVFUNC = loose);
--= 42P13 strictness of aggregate's forward and inverse transition functions must match
CREATE AGGREGATE a3 (float8) (STYPE = float8, SFUNC = float8pl, MSTYPE = float8, MSFUNC = float8pl, MINVFUNC = back);
--= ok
CREATE AGGREGATE a4 (int) (STYPE = text, SFUNC = textcat);
--= 42883 function textcat(text, integer) does not exist
CREATE AGGREGATE a5 (int) (STYPE = int, SFUNC = int4pl, INITCOND = 'none');
--= 22P02 invalid input syntax for type integer: "none"
CREATE AGGREGATE a6 (text) (STYPE = int, SFUNC = int4pl);
--= 42883 function int4pl(integer, text) does not exist
CREATE OR REPLACE AGGREGATE a3 (ORDER BY float8) (STYPE = float8, SFUNC = float8pl);
--= 42809 cannot change routine kind
CREATE AGGREGATE a7 (float8) (STYPE = float8, SFUNC = float8pl, COMBINEFUNC = back_int);
--= 42804 return type of combine function back_int is not double precision
CREATE AGGREGATE a8 (float8) (STYPE = float8, SFUNC = float8pl, FINALFUNC = generate_series);
--= 42883 function generate_series(double precision) does not exist
CREATE AGGREGATE a9 (VARIADIC "any") (STYPE = float8, SFUNC = float8pl);
--= 42883 function float8pl(double precision, "any") does not exist
