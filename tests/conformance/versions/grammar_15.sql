-- Syntax that PostgreSQL 15 brought.
CREATE TABLE t (a int, b text);
--= ok
CREATE TABLE s (a int, b text);
--= ok
MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE;
--= [-14] 42601 @1 syntax error at or near "MERGE"
--= [15-] ok
CREATE TABLE n1 (a int UNIQUE NULLS NOT DISTINCT);
--= [-14] 42601 @31 syntax error at or near "NULLS"
--= [15-] ok
CREATE TABLE n2 (a int, UNIQUE NULLS NOT DISTINCT (a));
--= [-14] 42601 @32 syntax error at or near "NULLS"
--= [15-] ok
CREATE TABLE n3 (a int, CONSTRAINT n3_u UNIQUE NULLS DISTINCT (a));
--= [-14] 42601 @48 syntax error at or near "NULLS"
--= [15-] ok
CREATE UNIQUE INDEX n_i ON t (a) NULLS NOT DISTINCT;
--= [-14] 42601 @34 syntax error at or near "NULLS"
--= [15-] ok
CREATE UNIQUE INDEX n_j ON t (a) INCLUDE (b) NULLS NOT DISTINCT WHERE a > 0;
--= [-14] 42601 @46 syntax error at or near "NULLS"
--= [15-] ok
ALTER TABLE t ADD CONSTRAINT n_c UNIQUE NULLS NOT DISTINCT (a);
--= [-14] 42601 @41 syntax error at or near "NULLS"
--= [15-] ok
CREATE VIEW v WITH (security_invoker = true) AS SELECT a FROM t;
--= [-14] 22023 unrecognized parameter "security_invoker"
--= [15-] ok
ALTER TABLE t SET ACCESS METHOD heap;
--= [-14] 42601 @19 syntax error at or near "ACCESS"
--= [15-] ok
CREATE UNLOGGED SEQUENCE us;
--= [-14] 0A000 unlogged sequences are not supported
--= [15-] ok
ALTER SEQUENCE us SET LOGGED;
--= [-14] 42P01 relation "us" does not exist
--= [15-] ok
ALTER SEQUENCE us SET UNLOGGED;
--= [-14] 42P01 relation "us" does not exist
--= [15-] ok
