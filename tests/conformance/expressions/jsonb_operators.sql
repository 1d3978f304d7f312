CREATE TABLE d (id int, doc jsonb, raw json, path text[]);
--= ok
SELECT doc -> 'a', doc ->> 'a', doc -> 0, doc #> '{a,b}', doc #>> path FROM d;
--= ok
SELECT doc -> 1.5 FROM d;
--= 42883 @12 operator does not exist: jsonb -> numeric
SELECT doc -> true FROM d;
--= 42883 @12 operator does not exist: jsonb -> boolean
SELECT doc ->> 'a' = 1 FROM d;
--= 42883 @20 operator does not exist: text = integer
SELECT (doc ->> 'a')::int + 1 FROM d;
--= ok
SELECT doc -> 'a' + 1 FROM d;
--= 22P02 @15 invalid input syntax for type integer: "a"
SELECT doc @> '{"a": 1}', doc ? 'a', doc ?| ARRAY['a'], doc ?& '{a,b}' FROM d;
--= ok
SELECT doc @> 'a' FROM d;
--= 22P02 @15 invalid input syntax for type json
SELECT raw @> '{}' FROM d;
--= 42883 @12 operator does not exist: json @> unknown
SELECT raw ? 'a' FROM d;
--= 42883 @12 operator does not exist: json ? unknown
SELECT raw = '{}' FROM d;
--= 42883 @12 operator does not exist: json = unknown
SELECT doc || '{"b": 2}', doc - 'a', doc - 1, doc #- '{a}' FROM d;
--= ok
SELECT doc || 1 FROM d;
--= 42883 @12 operator does not exist: jsonb || integer
SELECT doc - true FROM d;
--= 42883 @12 operator does not exist: jsonb - boolean
SELECT doc['a'], doc['a']['b'], doc[0] FROM d;
--= [-13] 42804 cannot subscript type jsonb because it is not an array
--= [14-] ok
SELECT raw['a'] FROM d;
--= [-13] 42804 cannot subscript type json because it is not an array
--= [14-] 42804 @8 cannot subscript type json because it does not support subscripting
SELECT doc['a':'b'] FROM d;
--= [-13] 42804 cannot subscript type jsonb because it is not an array
--= [14-] 42804 @16 jsonb subscript does not support slices
UPDATE d SET doc['a'] = '1';
--= [-13] 42804 cannot subscript type jsonb because it is not an array
--= [14-] ok
UPDATE d SET doc['a'] = 1;
--= [-13] 42804 cannot subscript type jsonb because it is not an array
--= [14-] 42804 @14 subscripted assignment to "doc" requires type jsonb but expression is of type integer
UPDATE d SET doc['a'] = 'x';
--= [-13] 42804 cannot subscript type jsonb because it is not an array
--= [14-] 22P02 @25 invalid input syntax for type json
SELECT doc @? '$.a', doc @@ '$.a > 1' FROM d;
--= ok
SELECT doc @? '$.a[' FROM d;
--= 42601 @15 syntax error at end of jsonpath input
SELECT doc @? 'a b' FROM d;
--= 42601 @15 syntax error at or near " " of jsonpath input
SELECT jsonb_path_query(doc, '$.a ? (@ > 1)'), jsonb_path_exists(doc, 'strict $.a') FROM d;
--= ok
SELECT jsonb_path_query(doc, '$.a ? (@ >)') FROM d;
--= 42601 @30 syntax error at or near ")" of jsonpath input
SELECT jsonb_path_query(raw, '$.a') FROM d;
--= 42883 @8 function jsonb_path_query(json, unknown) does not exist
SELECT jsonb_set(doc, '{a}', '1'), jsonb_insert(doc, '{a}', '"x"') FROM d;
--= ok
SELECT jsonb_set(doc, 'a', '1') FROM d;
--= 22P02 @23 malformed array literal: "a"
SELECT jsonb_set(doc, '{a}', 1) FROM d;
--= 42883 @8 function jsonb_set(jsonb, unknown, integer) does not exist
SELECT jsonb_build_object('a', id, 'b', doc), json_build_array(id, raw) FROM d;
--= ok
SELECT to_jsonb(d), row_to_json(d), jsonb_agg(d) FROM d GROUP BY d;
--= 42883 @66 could not identify an equality operator for type d
SELECT jsonb_array_elements(doc), jsonb_each(doc), jsonb_object_keys(doc) FROM d;
--= ok
SELECT jsonb_array_elements(raw) FROM d;
--= 42883 @8 function jsonb_array_elements(json) does not exist
SELECT * FROM d, jsonb_to_record(doc) AS r(a int, b text);
--= ok
SELECT * FROM d, jsonb_to_record(doc) AS r;
--= 42601 @18 a column definition list is required for functions returning "record"
SELECT * FROM d, jsonb_to_recordset(doc) AS r(a nothing);
--= 42704 @49 type "nothing" does not exist
SELECT jsonb_populate_record(NULL::d, doc) FROM d;
--= ok
