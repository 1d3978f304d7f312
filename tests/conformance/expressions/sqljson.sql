CREATE TABLE d (id int, doc jsonb, name text, at timestamptz);
--= ok
SELECT JSON_OBJECT('a': id, 'b' VALUE name ABSENT ON NULL) FROM d;
--= [-15] 42601 @23 syntax error at or near ":"
--= [16-] ok
SELECT JSON_OBJECT('a': id RETURNING jsonb), JSON_OBJECT('a': id RETURNING text) FROM d;
--= [-15] 42601 @23 syntax error at or near ":"
--= [16-] ok
SELECT JSON_OBJECT('a': id RETURNING int) FROM d;
--= [-15] 42601 @23 syntax error at or near ":"
--= [16-] 42846 cannot cast type json to integer
SELECT JSON_ARRAY(id, name, doc RETURNING jsonb) FROM d;
--= [-15] 42601 @33 syntax error at or near "RETURNING"
--= [16-] ok
SELECT JSON_ARRAY(SELECT id FROM d ORDER BY id);
--= [-15] 42601 @19 syntax error at or near "SELECT"
--= [16-] ok
SELECT JSON_ARRAY(SELECT id, name FROM d);
--= [-15] 42601 @19 syntax error at or near "SELECT"
--= [16-] 42601 @8 subquery must return only one column
SELECT JSON_OBJECTAGG(name: id), JSON_ARRAYAGG(id ORDER BY at DESC) FROM d;
--= [-15] 42601 @27 syntax error at or near ":"
--= [16-] ok
SELECT JSON_OBJECTAGG(name: id WITH UNIQUE KEYS RETURNING jsonb) FILTER (WHERE id > 0) FROM d;
--= [-15] 42601 @27 syntax error at or near ":"
--= [16-] ok
SELECT JSON_ARRAYAGG(id) OVER (PARTITION BY name) FROM d;
--= [-15] 42883 @8 function json_arrayagg(integer) does not exist
--= [16-] ok
SELECT JSON_ARRAYAGG(id ORDER BY id) OVER () FROM d;
--= [-15] 42883 @8 function json_arrayagg(integer) does not exist
--= [16-] 0A000 @8 aggregate ORDER BY is not implemented for window functions
SELECT name, JSON_ARRAYAGG(id) FROM d;
--= [-15] 42883 @14 function json_arrayagg(integer) does not exist
--= [16-] 42803 @8 column "d.name" must appear in the GROUP BY clause or be used in an aggregate function
SELECT name IS JSON, doc IS JSON OBJECT, '{}' IS JSON FROM d;
--= [-15] 42601 @16 syntax error at or near "JSON"
--= [16-] ok
SELECT id IS JSON FROM d;
--= [-15] 42601 @14 syntax error at or near "JSON"
--= [16-] 42804 cannot use type integer in IS JSON predicate
