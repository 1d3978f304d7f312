-- More syntax that PostgreSQL 16 brought.
CREATE TABLE t (a int, b text);
--= ok
CREATE ROLE pgreckon_a;
--= ok
CREATE ROLE pgreckon_b;
--= ok
GRANT pgreckon_a TO pgreckon_b WITH INHERIT TRUE;
--= [-15] 42601 @37 syntax error at or near "INHERIT"
--= [16-] ok
GRANT pgreckon_a TO pgreckon_b WITH INHERIT FALSE, SET TRUE;
--= [-15] 42601 @37 syntax error at or near "INHERIT"
--= [16-] ok
GRANT pgreckon_a TO pgreckon_b WITH ADMIN OPTION;
--= ok
GRANT pgreckon_a TO pgreckon_b WITH ADMIN TRUE;
--= [-15] 42601 @43 syntax error at or near "TRUE"
--= [16-] ok
REVOKE INHERIT OPTION FOR pgreckon_a FROM pgreckon_b;
--= [-15] 42601 @16 syntax error at or near "OPTION"
--= [16-] ok
REVOKE ADMIN OPTION FOR pgreckon_a FROM pgreckon_b;
--= ok
CREATE TABLE st (a text STORAGE external);
--= [-15] 42601 @25 syntax error at or near "STORAGE"
--= [16-] ok
CREATE TABLE st3 (a text STORAGE DEFAULT);
--= [-15] 42601 @26 syntax error at or near "STORAGE"
--= [16-] ok
ALTER TABLE t ALTER b SET STORAGE DEFAULT;
--= [-15] 42601 @35 syntax error at or near "DEFAULT"
--= [16-] ok
CREATE STATISTICS ON a, b FROM t;
--= [-15] 42601 @19 syntax error at or near "ON"
--= [16-] ok
REINDEX SYSTEM;
--= [-15] 42601 @15 syntax error at or near ";"
--= [16-] ok
COPY t FROM '/dev/null' (DEFAULT 'x');
--= [-15] 42601 @26 option "default" not recognized
--= [16-] ok
EXPLAIN (GENERIC_PLAN) SELECT $1;
--= [-15] 42P02 @31 there is no parameter $1
--= [16-] ok
VACUUM (SKIP_DATABASE_STATS) t;
--= [-15] 42601 @9 unrecognized VACUUM option "skip_database_stats"
--= [16-] ok
ANALYZE (VERBOSE, BUFFER_USAGE_LIMIT 256) t;
--= [-15] 42601 @19 unrecognized ANALYZE option "buffer_usage_limit"
--= [16-] ok
DROP ROLE pgreckon_a;
--= ok
DROP ROLE pgreckon_b;
--= ok
SELECT SYSTEM_USER;
--= [-15] 42703 @8 column "system_user" does not exist
--= [16-] ok
SELECT 'a' LIKE 'b' ESCAPE NULL;
--= ok
SELECT any_value(a) FROM t;
--= [-15] 42883 @8 function any_value(integer) does not exist
--= [16-] ok
GRANT SELECT ON t TO CURRENT_USER;
--= ok
REINDEX TABLE CONCURRENTLY t;
--= ok
REINDEX DATABASE;
--= [-15] 42601 @17 syntax error at or near ";"
--= [16-] ok
SELECT a absent FROM t;
--= ok
SELECT json_object('{a,1}');
--= ok
CREATE TABLE json_array (a int);
--= ok
