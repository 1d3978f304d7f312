-- Syntax that PostgreSQL 18 brought.
CREATE TABLE t (a int NOT NULL, b text, r daterange);
--= ok
CREATE TABLE g1 (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL);
--= [-17] 42601 @59 syntax error at or near "VIRTUAL"
--= [18-] ok
CREATE TABLE g2 (a int, b int GENERATED ALWAYS AS (a + 1));
--= [-17] 42601 @58 syntax error at or near ")"
--= [18-] ok
CREATE TABLE g3 (b int GENERATED ALWAYS AS (a + 1), a int);
--= [-17] 42601 @51 syntax error at or near ","
--= [18-] ok
CREATE TABLE g4 (a int, b int GENERATED ALWAYS AS (a + 1) NOT NULL);
--= [-17] 42601 @59 syntax error at or near "NOT"
--= [18-] ok
ALTER TABLE t ADD COLUMN v int GENERATED ALWAYS AS (a) VIRTUAL;
--= [-17] 42601 @56 syntax error at or near "VIRTUAL"
--= [18-] ok
ALTER TABLE t ADD COLUMN w int GENERATED ALWAYS AS (a);
--= [-17] 42601 @55 syntax error at or near ";"
--= [18-] ok
CREATE TABLE e1 (a int CHECK (a > 0) NOT ENFORCED);
--= [-17] 42601 @42 syntax error at or near "ENFORCED"
--= [18-] ok
CREATE TABLE e2 (a int, CONSTRAINT c CHECK (a > 0) NOT ENFORCED);
--= [-17] 42601 @56 syntax error at or near "ENFORCED"
--= [18-] ok
CREATE TABLE e3 (a int CHECK (a > 0) ENFORCED);
--= [-17] 42601 @38 syntax error at or near "ENFORCED"
--= [18-] ok
ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0) NOT ENFORCED;
--= [-17] 42601 @51 syntax error at or near "ENFORCED"
--= [18-] ok
CREATE TABLE w1 (a int4range, r daterange, PRIMARY KEY (a, r WITHOUT OVERLAPS));
--= [-17] 42601 @62 syntax error at or near "WITHOUT"
--= [18-] ok
CREATE TABLE w2 (a int4range, r daterange, UNIQUE (a, r WITHOUT OVERLAPS));
--= [-17] 42601 @57 syntax error at or near "WITHOUT"
--= [18-] ok
CREATE TABLE w3 (a int4range, r daterange, FOREIGN KEY (a, PERIOD r) REFERENCES w1 (a, PERIOD r));
--= [-17] 42601 @67 syntax error at or near "r"
--= [18-] ok
CREATE TABLE w4 (a int4range, r daterange, FOREIGN KEY (a, PERIOD r) REFERENCES w1);
--= [-17] 42601 @67 syntax error at or near "r"
--= [18-] ok
