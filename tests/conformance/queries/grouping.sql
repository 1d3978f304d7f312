CREATE TABLE s (id int PRIMARY KEY, region text, item text, qty int, price numeric, at timestamptz);
--= ok
CREATE TABLE nokey (id int, region text, qty int);
--= ok
SELECT region, sum(qty) FROM s GROUP BY region;
--= ok
SELECT region, item, sum(qty) FROM s GROUP BY region;
--= 42803 @16 column "s.item" must appear in the GROUP BY clause or be used in an aggregate function
SELECT id, region, sum(qty) FROM s GROUP BY id;
--= ok
SELECT id, region, sum(qty) FROM nokey GROUP BY id;
--= 42803 @12 column "nokey.region" must appear in the GROUP BY clause or be used in an aggregate function
SELECT region FROM s HAVING count(*) > 1;
--= 42803 @8 column "s.region" must appear in the GROUP BY clause or be used in an aggregate function
SELECT region FROM s GROUP BY region HAVING qty > 1;
--= 42803 @45 column "s.qty" must appear in the GROUP BY clause or be used in an aggregate function
SELECT count(*) FROM s WHERE count(*) > 1;
--= 42803 @30 aggregate functions are not allowed in WHERE
SELECT sum(count(*)) FROM s;
--= 42803 @12 aggregate function calls cannot be nested
SELECT sum(qty) FROM s GROUP BY sum(qty);
--= 42803 @33 aggregate functions are not allowed in GROUP BY
SELECT region, sum(qty) FROM s GROUP BY 1;
--= ok
SELECT region, sum(qty) FROM s GROUP BY 2;
--= 42803 @16 aggregate functions are not allowed in GROUP BY
SELECT region, sum(qty) FROM s GROUP BY 3;
--= 42P10 @41 GROUP BY position 3 is not in select list
SELECT region, sum(qty) FROM s GROUP BY 'region';
--= 42601 @41 non-integer constant in GROUP BY
SELECT region r, count(*) FROM s GROUP BY r;
--= ok
SELECT lower(region) AS region, count(*) FROM s GROUP BY region;
--= ok
SELECT lower(region) AS lr, count(*) FROM s GROUP BY lower(region) ORDER BY lower(region);
--= ok
SELECT date_trunc('day', at), count(*) FROM s GROUP BY date_trunc('day', at);
--= ok
SELECT date_trunc('day', at), count(*) FROM s GROUP BY date_trunc('hour', at);
--= 42803 @26 column "s.at" must appear in the GROUP BY clause or be used in an aggregate function
SELECT region, sum(qty) FROM s GROUP BY region ORDER BY qty;
--= 42803 @57 column "s.qty" must appear in the GROUP BY clause or be used in an aggregate function
SELECT region, sum(qty) FROM s GROUP BY region ORDER BY sum(price) DESC;
--= ok
SELECT region, item, sum(qty), grouping(region, item) FROM s GROUP BY ROLLUP (region, item);
--= ok
SELECT region, sum(qty), grouping(item) FROM s GROUP BY region;
--= 42803 @35 arguments to GROUPING must be grouping expressions of the associated query level
SELECT region, item FROM s GROUP BY GROUPING SETS ((region), (item), ());
--= ok
SELECT region, item FROM s GROUP BY CUBE (region), item;
--= ok
SELECT * FROM s GROUP BY region;
--= 42803 @8 column "s.id" must appear in the GROUP BY clause or be used in an aggregate function
SELECT s.* FROM s GROUP BY s.id;
--= ok
SELECT s FROM s GROUP BY s;
--= ok
SELECT region, (SELECT count(*) FROM nokey n WHERE n.region = s.region) FROM s GROUP BY region;
--= ok
SELECT region, (SELECT count(*) FROM nokey n WHERE n.qty = s.qty) FROM s GROUP BY region;
--= 42803 @60 subquery uses ungrouped column "s.qty" from outer query
SELECT DISTINCT region FROM s GROUP BY region, item ORDER BY item;
--= 42P10 @62 for SELECT DISTINCT, ORDER BY expressions must appear in select list
SELECT avg(region) FROM s;
--= 42883 @8 function avg(text) does not exist
SELECT max(region), min(at), bool_and(qty > 1), count(region, item) FROM s;
--= 42883 @49 function count(text, text) does not exist
SELECT count(DISTINCT region, item) FROM s;
--= 42883 @8 function count(text, text) does not exist
SELECT count(DISTINCT (region, item)), array_agg(DISTINCT region ORDER BY region) FROM s;
--= ok
SELECT array_agg(DISTINCT region ORDER BY item) FROM s;
--= 42P10 @43 in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list
SELECT region FROM s GROUP BY ();
--= 42803 @8 column "s.region" must appear in the GROUP BY clause or be used in an aggregate function
SELECT 1 FROM s GROUP BY generate_series(1, 2);
--= ok
