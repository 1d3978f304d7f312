CREATE TABLE d (id int, doc jsonb, name text, at timestamptz);
--= ok
SELECT JSON_VALUE(doc, '$.a' RETURNING int DEFAULT 0 ON EMPTY) FROM d;
--= [-16] 42601 @30 syntax error at or near "RETURNING"
--= [17-] ok
SELECT JSON_VALUE(doc, '$.a' RETURNING int DEFAULT 'x' ON EMPTY) FROM d;
--= [-16] 42601 @30 syntax error at or near "RETURNING"
--= [17-] 22P02 @52 invalid input syntax for type integer: "x"
SELECT JSON_VALUE(doc, '$.a' RETURNING int DEFAULT id ON ERROR) FROM d;
--= [-16] 42601 @30 syntax error at or near "RETURNING"
--= [17-] 42804 @52 can only specify a constant, non-aggregate function, or operator expression for DEFAULT
SELECT JSON_VALUE(doc, '$.a' EMPTY ARRAY ON ERROR) FROM d;
--= [-16] 42601 @30 syntax error at or near "EMPTY"
--= [17-] 42601 @30 invalid ON ERROR behavior
SELECT JSON_VALUE(doc, '$.a' RETURNING record) FROM d;
--= [-16] 42601 @30 syntax error at or near "RETURNING"
--= [17-] 0A000 returning pseudo-types is not supported in SQL/JSON functions
SELECT JSON_QUERY(doc, '$.a' WITH WRAPPER), JSON_EXISTS(doc, '$.a') FROM d;
--= [-16] 42601 @30 syntax error at or near "WITH"
--= [17-] ok
SELECT JSON_QUERY(doc, '$.a' WITH WRAPPER OMIT QUOTES) FROM d;
--= [-16] 42601 @30 syntax error at or near "WITH"
--= [17-] 42601 @8 SQL/JSON QUOTES behavior must not be specified when WITH WRAPPER is used
SELECT JSON_EXISTS(doc, '$.a ? (@ > $x)' PASSING id AS x) FROM d;
--= [-16] 42601 @42 syntax error at or near "PASSING"
--= [17-] ok
SELECT JSON_EXISTS(doc, '$.a[' ) FROM d;
--= [-16] 42883 @8 function json_exists(jsonb, unknown) does not exist
--= [17-] 42601 @25 syntax error at end of jsonpath input
SELECT JSON_EXISTS(id, '$') FROM d;
--= [-16] 42883 @8 function json_exists(integer, unknown) does not exist
--= [17-] 42846 @20 cannot cast type integer to jsonb
SELECT * FROM d, JSON_TABLE(doc, '$[*]' COLUMNS (n FOR ORDINALITY, a int PATH '$.a', b text)) AS jt;
--= [-16] 42601 @41 syntax error at or near "COLUMNS"
--= [17-] ok
SELECT * FROM d, JSON_TABLE(doc, '$[*]' COLUMNS (a int, a text)) AS jt;
--= [-16] 42601 @41 syntax error at or near "COLUMNS"
--= [17-] 42712 @57 duplicate JSON_TABLE column or path name: a
SELECT * FROM d, JSON_TABLE(doc, '$[*]' COLUMNS (a nothing PATH '$.a')) AS jt;
--= [-16] 42601 @41 syntax error at or near "COLUMNS"
--= [17-] 42704 @52 type "nothing" does not exist
SELECT jt.z FROM d, JSON_TABLE(doc, '$[*]' COLUMNS (a int)) AS jt;
--= [-16] 42601 @44 syntax error at or near "COLUMNS"
--= [17-] 42703 @8 column jt.z does not exist
SELECT JSON_SCALAR(id), JSON_SERIALIZE(doc), JSON('{"a": 1}') FROM d;
--= [-16] 42883 @8 function json_scalar(integer) does not exist
--= [17-] ok
SELECT JSON(id) FROM d;
--= [-16] 42883 @8 function json(integer) does not exist
--= [17-] 42846 @13 cannot cast type integer to json
SELECT JSON_SERIALIZE(doc RETURNING int) FROM d;
--= [-16] 42601 @27 syntax error at or near "RETURNING"
--= [17-] 42804 cannot use type integer in RETURNING clause of JSON_SERIALIZE()
