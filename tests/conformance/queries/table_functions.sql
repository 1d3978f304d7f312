CREATE FUNCTION pairs() RETURNS TABLE (a int, b text) LANGUAGE sql AS 'SELECT 1, ''x''';
--= ok
CREATE FUNCTION loose() RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, ''x''::text';
--= ok
CREATE FUNCTION outs(OUT x int, OUT y text) LANGUAGE sql AS 'SELECT 1, ''a''';
--= ok
SELECT * FROM pairs() WHERE a = 1;
--= ok
SELECT p.c FROM pairs() p;
--= 42703 @8 column p.c does not exist
SELECT p.n, p.t FROM pairs() AS p (n, t);
--= ok
SELECT * FROM pairs() AS p (n, t, z);
--= 42P10 table "p" has 2 columns available but 3 columns specified
SELECT * FROM loose();
--= 42601 @15 a column definition list is required for functions returning "record"
SELECT * FROM loose() AS l (a int, b text);
--= ok
SELECT l.c FROM loose() AS l (a int, b text);
--= 42703 @8 column l.c does not exist
SELECT * FROM pairs() AS p (a int, b text);
--= [-13] 42601 @29 a column definition list is only allowed for functions returning "record"
--= [14-] 42601 @29 a column definition list is redundant for a function with OUT parameters
SELECT * FROM outs(), generate_series(1, 3) WITH ORDINALITY AS g (v, ord);
--= ok
SELECT (outs()).y, (pairs()).b;
--= ok
SELECT (outs()).z;
--= 42703 @9 could not identify column "z" in record data type
SELECT * FROM ROWS FROM (generate_series(1, 2), pairs()) AS r (g, a, b);
--= ok
SELECT * FROM unnest(ARRAY[1, 2], ARRAY['a', 'b']) AS u (n, s);
--= ok
SELECT u.z FROM unnest(ARRAY[1, 2]) AS u (n);
--= 42703 @8 column u.z does not exist
SELECT * FROM lower('a') AS l;
--= ok
SELECT * FROM now() WHERE now > '2000-01-01';
--= ok
SELECT * FROM count(*);
--= 42803 @15 aggregate functions are not allowed in functions in FROM
SELECT generate_series(1, 3), pairs();
--= ok
SELECT * FROM generate_series(1, generate_series(1, 2));
--= 0A000 @34 set-returning functions must appear at top level of FROM
SELECT CASE WHEN true THEN generate_series(1, 2) END;
--= 0A000 @28 set-returning functions are not allowed in CASE
SELECT COALESCE(generate_series(1, 2), 1);
--= 0A000 @17 set-returning functions are not allowed in COALESCE
SELECT 1 WHERE generate_series(1, 2) = 1;
--= 0A000 @16 set-returning functions are not allowed in WHERE
SELECT sum(generate_series(1, 2));
--= 0A000 @12 aggregate function calls cannot contain set-returning function calls
SELECT * FROM generate_series('a', 'b');
--= 42725 @15 function generate_series(unknown, unknown) is not unique
SELECT * FROM generate_series(1, now());
--= 42883 @15 function generate_series(integer, timestamp with time zone) does not exist
SELECT * FROM regexp_matches('a', 'a') AS m (x), string_to_table('a,b', ',') AS s;
--= [-13] 42883 @50 function string_to_table(unknown, unknown) does not exist
--= [14-] ok
SELECT * FROM nothing(1);
--= 42883 @15 function nothing(integer) does not exist
SELECT * FROM pairs(1);
--= 42883 @15 function pairs(integer) does not exist
SELECT * FROM pairs;
--= 42P01 @15 relation "pairs" does not exist
