CREATE TABLE l (a integer, b text) PARTITION BY LIST (b);
--= ok
CREATE TABLE l1 PARTITION OF l FOR VALUES IN ('a', 'b');
--= ok
CREATE TABLE l2 PARTITION OF l FOR VALUES IN ('b', 'c');
--= [-13] 42P17 partition "l2" would overlap partition "l1"
--= [14-] 42P17 @47 partition "l2" would overlap partition "l1"
CREATE TABLE l3 PARTITION OF l FOR VALUES FROM (1) TO (2);
--= 42P16 @43 invalid bound specification for a list partition
CREATE TABLE l4 PARTITION OF l FOR VALUES IN (NULL);
--= ok
CREATE TABLE l5 PARTITION OF l FOR VALUES IN (NULL);
--= [-13] 42P17 partition "l5" would overlap partition "l4"
--= [14-] 42P17 @47 partition "l5" would overlap partition "l4"
CREATE TABLE l6 PARTITION OF l FOR VALUES WITH (MODULUS 4, REMAINDER 1);
--= 42P16 @43 invalid bound specification for a list partition
CREATE TABLE l7 PARTITION OF l DEFAULT;
--= ok
CREATE TABLE l8 PARTITION OF l DEFAULT;
--= [-13] 42P17 partition "l8" conflicts with existing default partition "l7"
--= [14-] 42P17 @32 partition "l8" conflicts with existing default partition "l7"
CREATE TABLE h (a integer) PARTITION BY HASH (a);
--= ok
CREATE TABLE h0 PARTITION OF h FOR VALUES WITH (MODULUS 4, REMAINDER 0);
--= ok
CREATE TABLE h1 PARTITION OF h FOR VALUES WITH (MODULUS 4, REMAINDER 4);
--= 42P16 remainder for hash partition must be less than modulus
CREATE TABLE h1 PARTITION OF h FOR VALUES WITH (MODULUS 6, REMAINDER 1);
--= 42P17 every hash partition modulus must be a factor of the next larger modulus
CREATE TABLE h1 PARTITION OF h FOR VALUES WITH (MODULUS 0, REMAINDER 1);
--= 42P16 modulus for hash partition must be an integer value greater than zero
CREATE TABLE h1 PARTITION OF h DEFAULT;
--= 42P16 a hash-partitioned table may not have a default partition
CREATE TABLE r (a integer, b integer) PARTITION BY RANGE (a, b);
--= ok
CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (1) TO (2);
--= 42P16 FROM must specify exactly one value per partitioning column
CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (1, MINVALUE) TO (1, MAXVALUE);
--= ok
CREATE TABLE r2 PARTITION OF r FOR VALUES FROM (MINVALUE, 1) TO (1, 1);
--= 42804 @59 every bound following MINVALUE must also be MINVALUE
CREATE TABLE r2 PARTITION OF r FOR VALUES FROM (NULL, 1) TO (3, 1);
--= 42P17 cannot specify NULL in range bound
CREATE TABLE r2 PARTITION OF r FOR VALUES FROM ('x', 1) TO (3, 1);
--= 22P02 @49 invalid input syntax for type integer: "x"
CREATE TABLE r2 PARTITION OF r FOR VALUES FROM (2, 1) TO (2, 1);
--= [-13] 42P17 empty range bound specified for partition "r2"
--= [14-] 42P17 @52 empty range bound specified for partition "r2"
CREATE TABLE r2 PARTITION OF r FOR VALUES IN (1);
--= 42P16 @43 invalid bound specification for a range partition
CREATE TABLE k (a integer) PARTITION BY RANGE (missing);
--= 42703 @48 column "missing" named in partition key does not exist
CREATE TABLE k (a integer) PARTITION BY LIST (a, a);
--= 42P17 cannot use "list" partition strategy with more than one column
CREATE TABLE k (a integer) PARTITION BY RANGE ((1));
--= 42P17 cannot use constant expression as partition key
CREATE TABLE k (a integer) PARTITION BY RANGE ((random()));
--= 42P17 functions in partition key expression must be marked IMMUTABLE
CREATE TABLE k (a json) PARTITION BY RANGE (a);
--= 42704 data type json has no default operator class for access method "btree"
CREATE TABLE k (a integer, b integer) PARTITION BY RANGE ((row(a, b)));
--= 42P16 partition key column 1 has pseudo-type record
CREATE TABLE k PARTITION OF missing DEFAULT;
--= 42P01 relation "missing" does not exist
CREATE TABLE k PARTITION OF k DEFAULT;
--= 42P01 relation "k" does not exist
