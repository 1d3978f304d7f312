-- More syntax that PostgreSQL 14 brought.
CREATE TABLE pt (a int) PARTITION BY LIST (a);
--= ok
CREATE TABLE p1 PARTITION OF pt FOR VALUES IN (1);
--= ok
ALTER TABLE pt DETACH PARTITION p1 CONCURRENTLY;
--= [-13] 42601 @36 syntax error at or near "CONCURRENTLY"
--= [14-] ok
ALTER TABLE pt DETACH PARTITION p1 FINALIZE;
--= [-13] 42601 @36 syntax error at or near "FINALIZE"
--= [14-] 42P01 relation "p1" is not a partition of relation "pt"
CREATE TABLE lk (LIKE pt INCLUDING COMPRESSION);
--= [-13] 42601 @36 syntax error at or near "COMPRESSION"
--= [14-] ok
CREATE STATISTICS st ON (a + 1) FROM pt;
--= [-13] 0A000 only simple column references are allowed in CREATE STATISTICS
--= [14-] ok
CREATE STATISTICS st2 ON a, (a + 1) FROM pt;
--= [-13] 0A000 only simple column references are allowed in CREATE STATISTICS
--= [14-] ok
SELECT a between FROM pt;
--= [-13] 42601 @18 syntax error at or near "FROM"
--= [14-] ok
SELECT a value FROM pt;
--= [-13] 42601 @10 syntax error at or near "value"
--= [14-] ok
SELECT a date FROM pt;
--= ok
REINDEX (TABLESPACE pg_default) TABLE pt;
--= [-13] 42601 @10 syntax error at or near "TABLESPACE"
--= [14-] ok
REINDEX (CONCURRENTLY) TABLE pt;
--= [-13] 42601 @10 syntax error at or near "CONCURRENTLY"
--= [14-] ok
CREATE TYPE ra AS RANGE (subtype = int4, multirange_type_name = mra);
--= [-13] 42601 type attribute "multirange_type_name" not recognized
--= [14-] ok
GRANT SELECT ON pt TO CURRENT_ROLE;
--= [-13] 42601 @23 syntax error at or near "CURRENT_ROLE"
--= [14-] ok
ALTER TABLE pt OWNER TO CURRENT_ROLE;
--= [-13] 42601 @25 syntax error at or near "CURRENT_ROLE"
--= [14-] ok
GRANT SELECT ON pt TO CURRENT_USER GRANTED BY CURRENT_USER;
--= [-13] 42601 @36 syntax error at or near "GRANTED"
--= [14-] ok
DROP PROCEDURE IF EXISTS nope(OUT a int);
--= ok
ALTER SUBSCRIPTION nope ADD PUBLICATION x;
--= [-13] 42601 @25 syntax error at or near "ADD"
--= [14-] 42704 subscription "nope" does not exist
SELECT EXTRACT(year FROM now()) IS NOT NULL;
--= ok
SELECT normalize('a', NFC);
--= ok
SELECT overlay('abc' PLACING 'x' FROM 2);
--= ok
COPY pt FROM '/dev/null';
--= ok
VACUUM (PROCESS_TOAST) pt;
--= [-13] 42601 @9 unrecognized VACUUM option "process_toast"
--= [14-] ok
SELECT 1 AS x UNION ALL SELECT 2 FOR NO KEY UPDATE;
--= 0A000 FOR NO KEY UPDATE is not allowed with UNION/INTERSECT/EXCEPT
SELECT a!=-1 FROM pt;
--= 42883 @9 operator does not exist: integer !=- integer
SELECT 'x' COLLATE "C" COLLATE "C";
--= ok
