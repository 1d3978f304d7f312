-- More syntax that PostgreSQL 15 brought.
CREATE TABLE k (a int, b int, PRIMARY KEY (a, b));
--= ok
CREATE TABLE f1 (a int, b int, FOREIGN KEY (a, b) REFERENCES k ON DELETE SET NULL (b));
--= [-14] 42601 @83 syntax error at or near "("
--= [15-] ok
CREATE TABLE f2 (a int, b int DEFAULT 1, FOREIGN KEY (a, b) REFERENCES k ON DELETE SET DEFAULT (b) ON UPDATE CASCADE);
--= [-14] 42601 @96 syntax error at or near "("
--= [15-] ok
CREATE SCHEMA sc;
--= ok
CREATE PUBLICATION pub1 FOR TABLES IN SCHEMA sc;
--= [-14] 42601 @29 syntax error at or near "TABLES"
--= [15-] ok
CREATE PUBLICATION pub2 FOR TABLE k (a, b);
--= [-14] 42601 @37 syntax error at or near "("
--= [15-] ok
CREATE PUBLICATION pub3 FOR TABLE k WHERE (a > 1);
--= [-14] 42601 @37 syntax error at or near "WHERE"
--= [15-] ok
CREATE PUBLICATION pub4 FOR TABLE k;
--= ok
CREATE PUBLICATION pub5 FOR TABLE k, TABLES IN SCHEMA sc;
--= [-14] 42601 @45 syntax error at or near "IN"
--= [15-] ok
CREATE PUBLICATION pub6 FOR TABLE k, TABLE f1;
--= [-14] 42601 @38 syntax error at or near "TABLE"
--= [15-] ok
CREATE PUBLICATION pub9;
--= ok
ALTER PUBLICATION pub9 ADD TABLES IN SCHEMA sc;
--= [-14] 42601 @28 syntax error at or near "TABLES"
--= [15-] ok
ALTER PUBLICATION pub4 SET TABLE k WHERE (a > 2);
--= [-14] 42601 @36 syntax error at or near "WHERE"
--= [15-] ok
GRANT SET ON PARAMETER work_mem TO postgres;
--= [-14] 42601 @24 syntax error at or near "work_mem"
--= [15-] ok
REVOKE ALTER SYSTEM ON PARAMETER work_mem FROM postgres;
--= [-14] 42601 @14 syntax error at or near "SYSTEM"
--= [15-] ok
ALTER DATABASE nope REFRESH COLLATION VERSION;
--= [-14] 42601 @21 syntax error at or near "REFRESH"
--= [15-] 3D000 database "nope" does not exist
ALTER COLLATION "C" REFRESH VERSION;
--= ok
COPY k TO '/dev/null' (HEADER true);
--= [-14] 0A000 COPY HEADER available only in CSV mode
--= [15-] ok
ALTER SUBSCRIPTION nope SKIP (lsn = '0/1');
--= [-14] 42601 @25 syntax error at or near "SKIP"
--= [15-] 42704 subscription "nope" does not exist
SELECT regexp_count('a', 'a');
--= [-14] 42883 @8 function regexp_count(unknown, unknown) does not exist
--= [15-] ok
VACUUM (ANALYZE, VERBOSE) k;
--= ok
EXPLAIN (COSTS off) MERGE INTO k USING k x ON x.a = k.a WHEN MATCHED THEN DO NOTHING;
--= [-14] 42601 @21 syntax error at or near "MERGE"
--= [15-] ok
WITH c AS (SELECT 1 AS z) MERGE INTO k USING c ON c.z = k.a WHEN NOT MATCHED THEN INSERT VALUES (1, 2);
--= [-14] 42601 @27 syntax error at or near "MERGE"
--= [15-] ok
PREPARE pm AS MERGE INTO k USING k x ON x.a = k.a WHEN MATCHED THEN DO NOTHING;
--= [-14] 42601 @15 syntax error at or near "MERGE"
--= [15-] ok
CREATE PUBLICATION pub7 FOR ALL TABLES;
--= ok
ALTER VIEW nope SET (security_invoker = on);
--= 42P01 relation "nope" does not exist
CLUSTER VERBOSE k;
--= 42704 there is no previously clustered index for table "k"
