-- Syntax that PostgreSQL 16 brought.
CREATE TABLE t (a int, b text, c jsonb);
--= ok
SELECT * FROM (SELECT 1 AS x);
--= [-15] 42601 @15 subquery in FROM must have an alias
--= [16-] ok
SELECT * FROM (VALUES (1));
--= [-15] 42601 @15 VALUES in FROM must have an alias
--= [16-] ok
SELECT x FROM (SELECT 1 AS x), t;
--= [-15] 42601 @15 subquery in FROM must have an alias
--= [16-] ok
SELECT x FROM t, (SELECT 1 AS x) WHERE x = 1;
--= [-15] 42601 @18 subquery in FROM must have an alias
--= [16-] ok
SELECT x FROM t CROSS JOIN LATERAL (SELECT 1 AS x);
--= [-15] 42601 @36 subquery in FROM must have an alias
--= [16-] ok
SELECT x FROM (SELECT 1 AS x) JOIN t ON true;
--= [-15] 42601 @15 subquery in FROM must have an alias
--= [16-] ok
SELECT JSON_OBJECT('a': 1);
--= [-15] 42601 @23 syntax error at or near ":"
--= [16-] ok
SELECT JSON_OBJECT('a' VALUE 1);
--= [-15] 42601 @24 syntax error at or near "VALUE"
--= [16-] ok
SELECT JSON_OBJECT();
--= [-15] 42883 @8 function json_object() does not exist
--= [16-] ok
SELECT JSON_ARRAY(1, 2);
--= [-15] 42883 @8 function json_array(integer, integer) does not exist
--= [16-] ok
SELECT JSON_ARRAY();
--= [-15] 42883 @8 function json_array() does not exist
--= [16-] ok
SELECT JSON_ARRAY(SELECT 1);
--= [-15] 42601 @19 syntax error at or near "SELECT"
--= [16-] ok
SELECT JSON_ARRAYAGG(a) FROM t;
--= [-15] 42883 @8 function json_arrayagg(integer) does not exist
--= [16-] ok
SELECT JSON_OBJECTAGG(b: a) FROM t;
--= [-15] 42601 @24 syntax error at or near ":"
--= [16-] ok
SELECT JSON_OBJECTAGG(b VALUE a) FROM t;
--= [-15] 42601 @25 syntax error at or near "VALUE"
--= [16-] ok
SELECT b IS JSON FROM t;
--= [-15] 42601 @13 syntax error at or near "JSON"
--= [16-] ok
SELECT b IS NOT JSON OBJECT FROM t;
--= [-15] 42601 @17 syntax error at or near "JSON"
--= [16-] ok
SELECT b IS JSON WITH UNIQUE KEYS FROM t;
--= [-15] 42601 @13 syntax error at or near "JSON"
--= [16-] ok
