CREATE TABLE t (id int, v numeric, s text, b boolean, at timestamptz, iv interval, a int[], u uuid, j jsonb);
--= ok
SELECT sum(id), sum(v), sum(iv), avg(iv), count(*), count(s) FROM t;
--= ok
SELECT sum(s) FROM t;
--= 42883 @8 function sum(text) does not exist
SELECT sum(at) FROM t;
--= 42883 @8 function sum(timestamp with time zone) does not exist
SELECT avg(at) FROM t;
--= 42883 @8 function avg(timestamp with time zone) does not exist
SELECT max(at), min(s), max(iv), max(v) FROM t;
--= ok
SELECT max(b) FROM t;
--= 42883 @8 function max(boolean) does not exist
SELECT max(j) FROM t;
--= 42883 @8 function max(jsonb) does not exist
SELECT max(a), min(a) FROM t;
--= ok
SELECT bool_or(b), every(b), bit_and(id), bool_and(id) FROM t;
--= 42883 @43 function bool_and(integer) does not exist
SELECT string_agg(s, ',' ORDER BY id), string_agg(s, 1) FROM t;
--= 42883 @40 function string_agg(text, integer) does not exist
SELECT string_agg(s, ',' ORDER BY nothing) FROM t;
--= 42703 @35 column "nothing" does not exist
SELECT array_agg(id ORDER BY v DESC NULLS LAST), array_agg(a) FROM t;
--= ok
SELECT json_agg(t), jsonb_object_agg(s, id), json_object_agg(id) FROM t;
--= 42883 @46 function json_object_agg(integer) does not exist
SELECT count(), sum(*) FROM t;
--= 42809 @8 count(*) must be used to call a parameterless aggregate function
SELECT count(DISTINCT *) FROM t;
--= 42601 @23 syntax error at or near "*"
SELECT sum(DISTINCT id), sum(ALL id) FROM t;
--= ok
SELECT sum(id ORDER BY id), sum(id) FILTER (WHERE v > 1) FROM t;
--= ok
SELECT sum(id) FILTER (WHERE sum(id) > 1) FROM t;
--= 42803 @30 aggregate functions are not allowed in FILTER
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY v), mode() WITHIN GROUP (ORDER BY s) FROM t;
--= ok
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY s) FROM t;
--= 42883 @8 function percentile_cont(numeric, text) does not exist
SELECT percentile_disc(v) WITHIN GROUP (ORDER BY s) FROM t;
--= 42803 @24 column "t.v" must appear in the GROUP BY clause or be used in an aggregate function
SELECT rank(1) WITHIN GROUP (ORDER BY id), rank('x') WITHIN GROUP (ORDER BY id) FROM t;
--= 22P02 @49 invalid input syntax for type integer: "x"
SELECT rank(1, 2) WITHIN GROUP (ORDER BY id) FROM t;
--= 42883 @8 function rank(integer, integer, integer) does not exist
SELECT corr(id, v), regr_slope(v, id), stddev_pop(v), variance(id) FROM t;
--= ok
SELECT corr(id) FROM t;
--= 42883 @8 function corr(integer) does not exist
SELECT stddev(s) FROM t;
--= 42883 @8 function stddev(text) does not exist
SELECT any_value(s) FROM t;
--= [-15] 42883 @8 function any_value(text) does not exist
--= [16-] ok
SELECT nosuchagg(id) FROM t;
--= 42883 @8 function nosuchagg(integer) does not exist
