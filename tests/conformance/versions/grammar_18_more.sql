-- More syntax that PostgreSQL 18 brought.
CREATE TABLE t (a int NOT NULL, b text);
--= ok
INSERT INTO t VALUES (1, 'x') RETURNING old.a, new.a;
--= [-17] 42P01 @41 missing FROM-clause entry for table "old"
--= [18-] ok
INSERT INTO t VALUES (1, 'x') RETURNING WITH (OLD AS o, NEW AS n) o.a, n.a;
--= [-17] 42601 @41 syntax error at or near "WITH"
--= [18-] ok
UPDATE t SET a = 1 RETURNING old.*;
--= [-17] 42P01 @30 missing FROM-clause entry for table "old"
--= [18-] ok
DELETE FROM t RETURNING WITH (OLD AS o) o.a;
--= [-17] 42601 @25 syntax error at or near "WITH"
--= [18-] ok
ALTER TABLE t ADD CONSTRAINT nn NOT NULL a;
--= [-17] 42601 @33 syntax error at or near "NOT"
--= [18-] 55000 cannot create not-null constraint "nn" on column "a" of table "t"
ALTER TABLE t ADD CONSTRAINT nn2 NOT NULL b NOT VALID;
--= [-17] 42601 @34 syntax error at or near "NOT"
--= [18-] ok
ALTER TABLE t ADD NOT NULL b NO INHERIT;
--= [-17] 42601 @19 syntax error at or near "NOT"
--= [18-] 55000 cannot change NO INHERIT status of NOT NULL constraint "nn2" on relation "t"
ALTER TABLE t ALTER CONSTRAINT nn INHERIT;
--= [-17] 42601 @35 syntax error at or near "INHERIT"
--= [18-] 42704 constraint "nn" of relation "t" does not exist
ALTER TABLE t ALTER CONSTRAINT nn NO INHERIT;
--= [-17] 0A000 FOREIGN KEY constraints cannot be marked NO INHERIT
--= [18-] 42704 constraint "nn" of relation "t" does not exist
ALTER TABLE t ALTER CONSTRAINT nn NOT ENFORCED;
--= [-17] 42601 @39 syntax error at or near "ENFORCED"
--= [18-] 42704 constraint "nn" of relation "t" does not exist
CREATE TABLE n1 (a int, CONSTRAINT x NOT NULL a);
--= [-17] 42601 @38 syntax error at or near "NOT"
--= [18-] ok
CREATE TABLE n2 (a int, NOT NULL a NO INHERIT);
--= [-17] 42601 @25 syntax error at or near "NOT"
--= [18-] ok
CREATE TABLE n3 (a int NOT NULL NO INHERIT);
--= [-17] 42601 @33 syntax error at or near "NO"
--= [18-] ok
CREATE TABLE n4 (a int CONSTRAINT xn NOT NULL);
--= ok
CREATE FOREIGN DATA WRAPPER fw;
--= ok
CREATE SERVER fs FOREIGN DATA WRAPPER fw;
--= ok
CREATE FOREIGN TABLE ft (LIKE t) SERVER fs;
--= [-17] 0A000 @31 LIKE is not supported for creating foreign tables
--= [18-] ok
COPY t FROM '/dev/null' (ON_ERROR ignore, REJECT_LIMIT 3);
--= [-16] 42601 @26 option "on_error" not recognized
--= [17] 42601 @43 option "reject_limit" not recognized
--= [18-] ok
VACUUM ONLY t;
--= [-17] 42601 @8 syntax error at or near "ONLY"
--= [18-] ok
ANALYZE ONLY t;
--= [-17] 42601 @9 syntax error at or near "ONLY"
--= [18-] ok
VACUUM (FULL), t;
--= 42601 @14 syntax error at or near ","
SELECT casefold('A');
--= [-17] 42883 @8 function casefold(unknown) does not exist
--= [18-] ok
CREATE DOMAIN d1 AS int CHECK (VALUE > 0) NOT ENFORCED;
--= [-17] 42601 @47 syntax error at or near "ENFORCED"
--= [18-] 42P17 @43 specifying constraint enforceability not supported for domains
CREATE DOMAIN d2 AS int CONSTRAINT dn NOT NULL;
--= ok
ALTER DOMAIN d2 ADD CONSTRAINT dn3 NOT NULL;
--= [-16] 42601 @36 syntax error at or near "NOT"
--= [17-] ok
ALTER DOMAIN d2 ADD NOT NULL;
--= [-16] 42601 @21 syntax error at or near "NOT"
--= [17-] ok
