-- Syntax that PostgreSQL 17 brought.
CREATE TABLE t (a int, b text, c jsonb, d int GENERATED ALWAYS AS (a) STORED);
--= ok
MERGE INTO t USING t s ON t.a = s.a WHEN MATCHED THEN DELETE RETURNING t.a;
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-16] 42601 @62 syntax error at or near "RETURNING"
--= [17-] ok
MERGE INTO t USING t s ON t.a = s.a WHEN NOT MATCHED BY SOURCE THEN DELETE;
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-16] 42601 @54 syntax error at or near "BY"
--= [17-] ok
MERGE INTO t USING t s ON t.a = s.a WHEN NOT MATCHED BY TARGET THEN INSERT (a) VALUES (1);
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-16] 42601 @54 syntax error at or near "BY"
--= [17-] ok
WITH m AS (MERGE INTO t USING t s ON t.a = s.a WHEN MATCHED THEN DELETE RETURNING t.a) SELECT * FROM m;
--= [-14] 42601 @12 syntax error at or near "MERGE"
--= [15-16] 42601 @73 syntax error at or near "RETURNING"
--= [17-] ok
SELECT JSON_VALUE(c, '$.a') FROM t;
--= [-16] 42883 @8 function json_value(jsonb, unknown) does not exist
--= [17-] ok
SELECT JSON_QUERY(c, '$.a' WITH WRAPPER) FROM t;
--= [-16] 42601 @28 syntax error at or near "WITH"
--= [17-] ok
SELECT JSON_EXISTS(c, '$.a') FROM t;
--= [-16] 42883 @8 function json_exists(jsonb, unknown) does not exist
--= [17-] ok
SELECT JSON_VALUE(c, '$.a' RETURNING int) FROM t;
--= [-16] 42601 @28 syntax error at or near "RETURNING"
--= [17-] ok
SELECT JSON('{}');
--= ok
SELECT JSON_SCALAR(1);
--= [-16] 42883 @8 function json_scalar(integer) does not exist
--= [17-] ok
SELECT JSON_SERIALIZE('{}');
--= [-16] 42883 @8 function json_serialize(unknown) does not exist
--= [17-] ok
SELECT * FROM t, JSON_TABLE(c, '$[*]' COLUMNS (x int PATH '$.x')) j;
--= [-16] 42601 @39 syntax error at or near "COLUMNS"
--= [17-] ok
ALTER TABLE t ALTER COLUMN d SET EXPRESSION AS (a + 1);
--= [-16] 42601 @34 syntax error at or near "EXPRESSION"
--= [17-] ok
ALTER TABLE t ALTER d SET EXPRESSION AS (a + 2), ADD e int;
--= [-16] 42601 @27 syntax error at or near "EXPRESSION"
--= [17-] ok
SELECT now() AT LOCAL;
--= [-16] 42601 @17 syntax error at or near "LOCAL"
--= [17-] ok
SELECT merge_action();
--= [-16] 42883 @8 function merge_action() does not exist
--= [17-] 42601 @8 MERGE_ACTION() can only be used in the RETURNING list of a MERGE command
COPY t FROM '/dev/null' (ON_ERROR ignore);
--= [-16] 42601 @26 option "on_error" not recognized
--= [17-] ok
COPY t FROM '/dev/null' (LOG_VERBOSITY verbose);
--= [-16] 42601 @26 option "log_verbosity" not recognized
--= [17-] ok
COPY t FROM '/dev/null' (FORMAT csv, FORCE_NULL *);
--= [-16] 22023 @38 argument to option "force_null" must be a list of column names
--= [17-] ok
COPY t TO '/dev/null' (FORMAT csv, FORCE_QUOTE *);
--= ok
ALTER TABLE t ALTER a SET STATISTICS DEFAULT;
--= [-16] 42601 @38 syntax error at or near "DEFAULT"
--= [17-] ok
