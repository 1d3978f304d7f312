CREATE TABLE measurement (city integer NOT NULL, logdate date NOT NULL, peak integer) PARTITION BY RANGE (logdate);
--= ok
CREATE TABLE m2024 PARTITION OF measurement FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
--= ok
CREATE TABLE m2024b PARTITION OF measurement FOR VALUES FROM ('2024-06-01') TO ('2024-07-01');
--= [-13] 42P17 partition "m2024b" would overlap partition "m2024"
--= [14-] 42P17 @63 partition "m2024b" would overlap partition "m2024"
CREATE TABLE m2025 (LIKE measurement INCLUDING ALL);
--= ok
ALTER TABLE measurement ATTACH PARTITION m2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
--= ok
ALTER TABLE measurement ATTACH PARTITION m2025 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
--= 42809 "m2025" is already a partition
CREATE TABLE wrong (city integer, logdate date, peak integer);
--= ok
ALTER TABLE measurement ATTACH PARTITION wrong FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
--= [-17] 42804 column "city" in child table must be marked NOT NULL
--= [18-] 42804 column "city" in child table "wrong" must be marked NOT NULL
CREATE TABLE wrong2 (city integer NOT NULL, logdate date NOT NULL, peak text);
--= ok
ALTER TABLE measurement ATTACH PARTITION wrong2 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
--= 42804 child table "wrong2" has different type for column "peak"
CREATE TABLE wrong3 (city integer NOT NULL, logdate date NOT NULL, peak integer, more text);
--= ok
ALTER TABLE measurement ATTACH PARTITION wrong3 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
--= 42804 table "wrong3" contains column "more" not found in parent "measurement"
CREATE TABLE wrong4 (city integer NOT NULL, logdate date NOT NULL);
--= ok
ALTER TABLE measurement ATTACH PARTITION wrong4 DEFAULT;
--= 42804 child table is missing column "peak"
ALTER TABLE measurement ATTACH PARTITION missing DEFAULT;
--= 42P01 relation "missing" does not exist
ALTER TABLE measurement DETACH PARTITION wrong4;
--= 42P01 relation "wrong4" is not a partition of relation "measurement"
ALTER TABLE measurement DETACH PARTITION m2025;
--= ok
ALTER TABLE measurement DETACH PARTITION m2025;
--= 42P01 relation "m2025" is not a partition of relation "measurement"
ALTER TABLE wrong ATTACH PARTITION wrong2 DEFAULT;
--= [-17] 42P17 table "wrong" is not partitioned
--= [18-] 42809 ALTER action ATTACH PARTITION cannot be performed on relation "wrong"
ALTER TABLE m2024 DROP COLUMN peak;
--= 42P16 cannot drop inherited column "peak"
ALTER TABLE m2024 ALTER COLUMN peak TYPE text;
--= [-17] 42P16 cannot alter inherited column "peak"
--= [18-] 42P16 @32 cannot alter inherited column "peak"
ALTER TABLE m2024 ADD COLUMN z integer;
--= 42809 cannot add column to a partition
ALTER TABLE m2024 RENAME COLUMN peak TO top;
--= 42P16 cannot rename inherited column "peak"
ALTER TABLE ONLY measurement DROP COLUMN peak;
--= 42P16 cannot drop column from only the partitioned table when partitions exist
ALTER TABLE ONLY measurement ADD COLUMN z integer;
--= 42P16 column must be added to child tables too
ALTER TABLE m2024 NO INHERIT measurement;
--= 42809 cannot change inheritance of a partition
