CREATE TABLE target (id int PRIMARY KEY, val text, n int DEFAULT 0);
--= ok
CREATE TABLE source (sid int, val text);
--= ok
MERGE INTO target t USING source s ON t.id = s.sid WHEN MATCHED THEN UPDATE SET val = s.val WHEN NOT MATCHED THEN INSERT (id, val) VALUES (s.sid, s.val);
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-] ok
MERGE INTO target t USING source s ON t.id = s.sid WHEN MATCHED AND s.val IS NULL THEN DELETE WHEN MATCHED THEN DO NOTHING;
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-] ok
MERGE INTO target t USING source s ON t.id = s.id WHEN MATCHED THEN DELETE;
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-] 42703 @46 column s.id does not exist
MERGE INTO target t USING source s ON t.id = s.sid WHEN MATCHED THEN UPDATE SET nothing = 1;
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-] 42703 @81 column "nothing" of relation "target" does not exist
MERGE INTO target t USING source s ON t.id = s.sid WHEN MATCHED THEN UPDATE SET n = 'x';
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-] 22P02 @85 invalid input syntax for type integer: "x"
MERGE INTO target t USING source s ON t.id = s.sid WHEN NOT MATCHED THEN INSERT VALUES (t.id, s.val);
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-] 42P01 @89 invalid reference to FROM-clause entry for table "t"
MERGE INTO target t USING source s ON t.id = s.sid WHEN NOT MATCHED THEN INSERT (id) VALUES (s.sid, s.val);
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-] 42601 @101 INSERT has more expressions than target columns
MERGE INTO target t USING source s ON t.id = s.sid WHEN NOT MATCHED THEN UPDATE SET val = 'x';
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-] 42601 @74 syntax error at or near "UPDATE"
MERGE INTO target t USING source s ON t.id WHEN MATCHED THEN DELETE;
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-] ok
MERGE INTO target t USING missing s ON t.id = s.sid WHEN MATCHED THEN DELETE;
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-] 42P01 @27 relation "missing" does not exist
MERGE INTO target USING target ON true WHEN MATCHED THEN DELETE;
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-] 42712 name "target" specified more than once
MERGE INTO target t USING source s ON t.id = s.sid WHEN MATCHED THEN DELETE WHEN MATCHED THEN DELETE;
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-] 42601 unreachable WHEN clause specified after unconditional WHEN clause
MERGE INTO target t USING source s ON t.id = s.sid WHEN MATCHED THEN UPDATE SET id = s.val;
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-] 42804 @86 column "id" is of type integer but expression is of type text
MERGE INTO target t USING (SELECT 1 AS sid) s ON t.id = s.sid WHEN NOT MATCHED THEN INSERT DEFAULT VALUES;
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-] 23502 null value in column "id" of relation "target" violates not-null constraint
MERGE INTO target t USING source s ON t.id = s.sid WHEN NOT MATCHED BY SOURCE THEN DELETE;
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-16] 42601 @69 syntax error at or near "BY"
--= [17-] ok
MERGE INTO target t USING source s ON t.id = s.sid WHEN MATCHED THEN DELETE RETURNING merge_action(), t.*;
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-16] 42601 @77 syntax error at or near "RETURNING"
--= [17-] ok
