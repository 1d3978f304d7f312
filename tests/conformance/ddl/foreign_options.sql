-- Options that the backend's own validator knows; foreign partitions under unique indexes.
CREATE FOREIGN DATA WRAPPER w VALIDATOR postgresql_fdw_validator;
--= ok
CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (foo '1');
--= 42601 invalid option "foo"
CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'localhost', dbname 'd');
--= ok
CREATE USER MAPPING FOR CURRENT_USER SERVER s OPTIONS (username 'test');
--= 42601 invalid option "username"
CREATE USER MAPPING FOR CURRENT_USER SERVER s OPTIONS (user 'test', password 'secret');
--= ok
ALTER FOREIGN DATA WRAPPER w OPTIONS (nonexistent 'fdw');
--= 42601 invalid option "nonexistent"
ALTER SERVER s OPTIONS (foo '1');
--= 42601 invalid option "foo"
ALTER SERVER s OPTIONS (SET dbname 'e', port '1');
--= ok
ALTER USER MAPPING FOR CURRENT_USER SERVER s OPTIONS (host '1');
--= 42601 invalid option "host"
CREATE FOREIGN TABLE f (a int) SERVER s OPTIONS (host '1');
--= 42601 invalid option "host"
CREATE TABLE p (a int) PARTITION BY RANGE (a);
--= ok
CREATE FOREIGN TABLE f1 PARTITION OF p FOR VALUES FROM (0) TO (10) SERVER s;
--= ok
ALTER TABLE p ADD PRIMARY KEY (a);
--= 42809 cannot create unique index on partitioned table "p"
ALTER TABLE p ADD UNIQUE (a);
--= 42809 cannot create unique index on partitioned table "p"
CREATE INDEX ON p (a);
--= ok
