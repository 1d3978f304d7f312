CREATE TABLE t (id int, tags text[], nums int[], grid int[][], doc jsonb);
--= ok
SELECT tags[1], nums[1:2], grid[1][2] FROM t;
--= ok
SELECT id[1] FROM t;
--= [-13] 42804 cannot subscript type integer because it is not an array
--= [14-] 42804 @8 cannot subscript type integer because it does not support subscripting
SELECT tags['x'] FROM t;
--= 22P02 @13 invalid input syntax for type integer: "x"
SELECT nums || 4, 4 || nums, nums || ARRAY[5] FROM t;
--= ok
SELECT nums || 'x' FROM t;
--= 22P02 @16 malformed array literal: "x"
SELECT tags || id FROM t;
--= 42883 @13 operator does not exist: text[] || integer
SELECT tags @> ARRAY['a'], tags && '{a,b}' FROM t;
--= ok
SELECT tags @> ARRAY[1] FROM t;
--= 42883 @13 operator does not exist: text[] @> integer[]
SELECT tags @> 'a' FROM t;
--= 22P02 @16 malformed array literal: "a"
SELECT nums @> '{1,x}' FROM t;
--= 22P02 @16 invalid input syntax for type integer: "x"
SELECT 1 = ANY(nums), 'a' = ANY(tags) FROM t;
--= ok
SELECT 'a' = ANY(nums) FROM t;
--= 22P02 @8 invalid input syntax for type integer: "a"
SELECT 1 = ANY(tags) FROM t;
--= 42883 @10 operator does not exist: integer = text
SELECT 1 = ANY(id) FROM t;
--= 42809 @10 op ANY/ALL (array) requires array on right side
SELECT id = ANY('{1,2,3}') FROM t;
--= ok
SELECT id = ANY('1,2,3') FROM t;
--= 22P02 @17 malformed array literal: "1,2,3"
SELECT id = ANY(ARRAY[1, 2.5]) FROM t;
--= ok
SELECT id = ANY(ARRAY['a', 'b']) FROM t;
--= 42883 @11 operator does not exist: integer = text
SELECT array_append(nums, 1), array_remove(tags, 'a') FROM t;
--= ok
SELECT array_append(nums, 'x') FROM t;
--= 22P02 @27 invalid input syntax for type integer: "x"
SELECT array_append(tags, 1) FROM t;
--= 42883 @8 function array_append(text[], integer) does not exist
SELECT array_length(nums, 1), cardinality(tags) FROM t;
--= ok
SELECT array_length(nums) FROM t;
--= 42883 @8 function array_length(integer[]) does not exist
SELECT unnest(tags), unnest(nums) FROM t;
--= ok
SELECT unnest(id) FROM t;
--= 42883 @8 function unnest(integer) does not exist
SELECT array_agg(id), array_agg(tags) FROM t;
--= ok
SELECT ARRAY[1, 2] || ARRAY['a'];
--= 42883 @20 operator does not exist: integer[] || text[]
SELECT ARRAY[[1, 2], [3]];
--= 2202E multidimensional arrays must have array expressions with matching dimensions
SELECT ARRAY[[1, 2], 3];
--= 42601 @22 syntax error at or near "3"
SELECT ARRAY[]::int[], ARRAY(SELECT id FROM t);
--= ok
SELECT ARRAY(SELECT id, tags FROM t);
--= 42601 @8 subquery must return only one column
UPDATE t SET tags[1] = 'x', nums[2] = '3';
--= ok
UPDATE t SET tags[1] = ARRAY['x'];
--= ok
UPDATE t SET id[1] = 2;
--= [-13] 42804 cannot subscript type integer because it is not an array
--= [14-] 42804 @14 cannot subscript type integer because it does not support subscripting
SELECT '{1,2'::int[];
--= 22P02 @8 malformed array literal: "{1,2"
SELECT '{a,b}'::int[], '{}'::int[];
--= 22P02 @8 invalid input syntax for type integer: "a"
