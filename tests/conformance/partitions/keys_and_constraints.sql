CREATE TABLE ev (id bigint, at timestamptz NOT NULL, tenant integer, PRIMARY KEY (id)) PARTITION BY RANGE (at);
--= 0A000 unique constraint on partitioned table must include all partitioning columns
CREATE TABLE ev (id bigint, at timestamptz NOT NULL, tenant integer, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
--= ok
ALTER TABLE ev ADD UNIQUE (tenant);
--= 0A000 unique constraint on partitioned table must include all partitioning columns
ALTER TABLE ev ADD UNIQUE (tenant, at);
--= ok
CREATE UNIQUE INDEX ON ev (id);
--= 0A000 unique constraint on partitioned table must include all partitioning columns
CREATE INDEX evi ON ev (tenant);
--= ok
CREATE INDEX CONCURRENTLY evc ON ev (tenant);
--= 0A000 cannot create index on partitioned table "ev" concurrently
CREATE TABLE ev1 PARTITION OF ev FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
--= ok
DROP INDEX ev1_tenant_idx;
--= 2BP01 cannot drop index ev1_tenant_idx because index evi requires it
ALTER INDEX evi ATTACH PARTITION ev1_tenant_idx;
--= ok
ALTER INDEX evi ATTACH PARTITION ev1_pkey;
--= 55000 cannot attach index "ev1_pkey" as a partition of index "evi"
ALTER TABLE ev DROP COLUMN at;
--= 42P16 cannot drop column "at" because it is part of the partition key of relation "ev"
ALTER TABLE ev ALTER COLUMN at TYPE timestamp;
--= [-17] 42P16 cannot alter column "at" because it is part of the partition key of relation "ev"
--= [18-] 42P16 @29 cannot alter column "at" because it is part of the partition key of relation "ev"
ALTER TABLE ev ALTER COLUMN at DROP NOT NULL;
--= 42P16 column "at" is in a primary key
ALTER TABLE ev1 DROP CONSTRAINT ev1_pkey;
--= 42P16 cannot drop inherited constraint "ev1_pkey" of relation "ev1"
ALTER TABLE ev ADD CONSTRAINT chk CHECK (tenant > 0);
--= ok
ALTER TABLE ev1 DROP CONSTRAINT chk;
--= 42P16 cannot drop inherited constraint "chk" of relation "ev1"
ALTER TABLE ev ADD CONSTRAINT chk2 CHECK (tenant > 1) NO INHERIT;
--= 42P16 cannot add NO INHERIT constraint to partitioned table "ev"
ALTER TABLE ONLY ev DROP CONSTRAINT chk;
--= [-17] 42P16 cannot remove constraint from only the partitioned table when partitions exist
--= [18-] ok
ALTER TABLE ev ADD EXCLUDE USING gist (at WITH =);
--= [-16] 0A000 @20 exclusion constraints are not supported on partitioned tables
--= [17-] 42704 data type timestamp with time zone has no default operator class for access method "gist"
CREATE TABLE refs (id bigint, at timestamptz, FOREIGN KEY (id, at) REFERENCES ev);
--= ok
DROP TABLE ev1;
--= 2BP01 cannot drop table ev1 because other objects depend on it
ALTER TABLE ev DETACH PARTITION ev1;
--= ok
DROP TABLE ev;
--= 2BP01 cannot drop table ev because other objects depend on it
