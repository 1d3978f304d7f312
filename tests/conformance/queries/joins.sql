CREATE TABLE customer (id int PRIMARY KEY, name text, region_id int);
--= ok
CREATE TABLE orders (id int PRIMARY KEY, customer_id int, total numeric, region_id text);
--= ok
SELECT * FROM customer c JOIN orders o ON o.customer_id = c.id;
--= ok
SELECT * FROM customer c JOIN orders o ON customer_id = id;
--= 42702 @57 column reference "id" is ambiguous
SELECT * FROM customer c JOIN orders o ON o.customer = c.id;
--= 42703 @43 column o.customer does not exist
SELECT * FROM customer c JOIN orders o USING (id);
--= ok
SELECT * FROM customer c JOIN orders o USING (customer_id);
--= 42703 column "customer_id" specified in USING clause does not exist in left table
SELECT * FROM customer c JOIN orders o USING (region_id);
--= [-15] 42804 JOIN/USING types integer and text cannot be matched
--= [16-] 42883 operator does not exist: integer = text
SELECT * FROM customer NATURAL JOIN orders;
--= [-15] 42804 JOIN/USING types integer and text cannot be matched
--= [16-] 42883 operator does not exist: integer = text
SELECT id FROM customer c JOIN orders o USING (id) WHERE c.id = o.id;
--= ok
SELECT name, id FROM customer, orders;
--= 42702 @14 column reference "id" is ambiguous
SELECT customer.name FROM customer c;
--= 42P01 @8 invalid reference to FROM-clause entry for table "customer"
SELECT c.name FROM customer c LEFT JOIN orders ON c.id = orders.customer_id AND orders.total > 0;
--= ok
SELECT * FROM customer c LEFT JOIN orders o;
--= 42601 @44 syntax error at or near ";"
SELECT * FROM customer c CROSS JOIN orders o ON true;
--= 42601 @46 syntax error at or near "ON"
SELECT * FROM customer c JOIN customer c ON true;
--= 42712 table name "c" specified more than once
SELECT * FROM customer c JOIN customer d ON c.id = d.id AND e.id = 1;
--= 42P01 @61 missing FROM-clause entry for table "e"
SELECT * FROM customer c, orders o JOIN orders p ON p.customer_id = c.id;
--= 42P01 @69 invalid reference to FROM-clause entry for table "c"
SELECT * FROM customer c JOIN orders o ON c.name;
--= 42804 @43 argument of JOIN/ON must be type boolean, not type text
SELECT * FROM customer c JOIN orders o ON count(*) > 1;
--= 42803 @43 aggregate functions are not allowed in JOIN conditions
SELECT j.name, j.total FROM (customer c JOIN orders o ON o.customer_id = c.id) j;
--= ok
SELECT j.total FROM (customer c JOIN orders o ON o.customer_id = c.id) AS j (a, b, c, d);
--= ok
SELECT c.name FROM (customer c JOIN orders o ON o.customer_id = c.id) j;
--= 42P01 @8 invalid reference to FROM-clause entry for table "c"
SELECT * FROM customer c FULL JOIN orders o ON c.id = o.customer_id AND c.name = o.region_id;
--= ok
SELECT u.id FROM customer c JOIN orders o USING (id) AS u;
--= [-13] 42601 @54 syntax error at or near "AS"
--= [14-] ok
SELECT c.nme FROM customer c;
--= 42703 @8 column c.nme does not exist
SELECT o.customr_id FROM orders o;
--= 42703 @8 column o.customr_id does not exist
SELECT public.customer.name, pg_temp.customer.name FROM public.customer;
--= 42P01 @30 invalid reference to FROM-clause entry for table "customer"
SELECT other.customer.name FROM public.customer;
--= 42P01 @8 invalid reference to FROM-clause entry for table "customer"
