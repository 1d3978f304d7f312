CREATE TABLE p (id integer, at date, region text) PARTITION BY RANGE (at);
--= ok
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
--= ok
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2024-06-01') TO ('2026-01-01');
--= [-13] 42P17 partition "p2" would overlap partition "p1"
--= [14-] 42P17 @49 partition "p2" would overlap partition "p1"
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2026-01-01') TO ('2025-01-01');
--= [-13] 42P17 empty range bound specified for partition "p2"
--= [14-] 42P17 @49 empty range bound specified for partition "p2"
CREATE TABLE p2 PARTITION OF p FOR VALUES IN ('2025-01-01');
--= 42P16 @43 invalid bound specification for a range partition
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY LIST (region);
--= ok
CREATE TABLE p2a PARTITION OF p2 FOR VALUES IN ('eu', 'us');
--= ok
CREATE TABLE p2b PARTITION OF p2 FOR VALUES IN ('us');
--= [-13] 42P17 partition "p2b" would overlap partition "p2a"
--= [14-] 42P17 @49 partition "p2b" would overlap partition "p2a"
CREATE TABLE pd PARTITION OF p DEFAULT;
--= ok
CREATE TABLE pe PARTITION OF p DEFAULT;
--= [-13] 42P17 partition "pe" conflicts with existing default partition "pd"
--= [14-] 42P17 @32 partition "pe" conflicts with existing default partition "pd"
ALTER TABLE p ADD PRIMARY KEY (id);
--= 0A000 unique constraint on partitioned table must include all partitioning columns
ALTER TABLE p ADD PRIMARY KEY (id, at);
--= 0A000 unique constraint on partitioned table must include all partitioning columns
CREATE TABLE x (id integer, at date);
--= ok
ALTER TABLE p ATTACH PARTITION x FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
--= 42804 child table is missing column "region"
ALTER TABLE p DETACH PARTITION x;
--= 42P01 relation "x" is not a partition of relation "p"
ALTER TABLE p DETACH PARTITION p1;
--= ok
CREATE TABLE q (id integer) PARTITION BY RANGE (nothing);
--= 42703 @49 column "nothing" named in partition key does not exist
CREATE TABLE q (id integer) PARTITION BY LIST (id, id);
--= 42P17 cannot use "list" partition strategy with more than one column
CREATE TABLE q PARTITION OF x DEFAULT;
--= 42P17 "x" is not partitioned
