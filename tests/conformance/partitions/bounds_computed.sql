-- Bounds that are expressions become constants.
CREATE TABLE p (a bigint) PARTITION BY RANGE (a);
--= ok
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1000 * 20) TO (length('abc') * 10000);
--= ok
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (25000) TO (26000);
--= [-13] 42P17 partition "p2" would overlap partition "p1"
--= [14-] 42P17 @49 partition "p2" would overlap partition "p1"
CREATE TABLE p3 PARTITION OF p
  FOR VALUES FROM (extract(epoch FROM date '2021-01-01')) TO (extract(epoch FROM date '2022-01-01'));
--= ok
CREATE TABLE p4 PARTITION OF p FOR VALUES FROM (1609459200) TO (1609459201);
--= [-13] 42P17 partition "p4" would overlap partition "p3"
--= [14-] 42P17 @49 partition "p4" would overlap partition "p3"
CREATE TABLE l (a text) PARTITION BY LIST (a);
--= ok
CREATE TABLE l1 PARTITION OF l FOR VALUES IN (lower('ABC'), 'x' || 'y');
--= ok
CREATE TABLE l2 PARTITION OF l FOR VALUES IN ('xy');
--= [-13] 42P17 partition "l2" would overlap partition "l1"
--= [14-] 42P17 @47 partition "l2" would overlap partition "l1"
SELECT relname, pg_get_expr(relpartbound, oid) FROM pg_class WHERE relpartbound IS NOT NULL ORDER BY 1;
--= ok
