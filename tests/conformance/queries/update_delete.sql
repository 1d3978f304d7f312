CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL, price numeric, shop int, seen timestamptz, kinds text[]);
--= ok
CREATE TABLE shop (id int PRIMARY KEY, name text, city text);
--= ok
UPDATE item SET price = price * 1.1, name = upper(name) WHERE shop = 1;
--= ok
UPDATE item SET cost = 1;
--= 42703 @17 column "cost" of relation "item" does not exist
UPDATE item SET price = 'cheap';
--= 22P02 @25 invalid input syntax for type numeric: "cheap"
UPDATE item SET price = true;
--= 42804 @25 column "price" is of type numeric but expression is of type boolean
UPDATE item SET price = '1.5', seen = 'now', kinds = '{a}';
--= ok
UPDATE item SET seen = 5;
--= 42804 @24 column "seen" is of type timestamp with time zone but expression is of type integer
UPDATE item SET price = 1, price = 2;
--= 42601 multiple assignments to same column "price"
UPDATE item SET item.price = 1;
--= 42703 @17 column "item" of relation "item" does not exist
UPDATE item i SET price = 1 WHERE item.id = 1;
--= 42P01 @35 invalid reference to FROM-clause entry for table "item"
UPDATE item i SET price = 1 WHERE i.id = 1;
--= ok
UPDATE item SET price = s.id FROM shop s WHERE s.id = shop;
--= ok
UPDATE item SET name = name FROM shop WHERE shop.id = item.shop;
--= 42702 @24 column reference "name" is ambiguous
UPDATE item SET name = s.name FROM shop s WHERE s.nothing = item.shop;
--= 42703 @49 column s.nothing does not exist
UPDATE item SET price = (SELECT max(price) FROM item);
--= ok
UPDATE item SET price = max(price);
--= 42803 @25 aggregate functions are not allowed in UPDATE
UPDATE item SET (name, price) = ('a', 1) WHERE id = 1;
--= ok
UPDATE item SET (name, price) = ('a') WHERE id = 1;
--= 0A000 @34 source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression
UPDATE item SET (name, price) = (SELECT name, id FROM shop LIMIT 1);
--= ok
UPDATE item SET name = DEFAULT, price = DEFAULT;
--= ok
UPDATE item SET price = 1 WHERE name;
--= 42804 @33 argument of WHERE must be type boolean, not type text
UPDATE item SET price = 1 WHERE id = 'x' RETURNING *;
--= 22P02 @38 invalid input syntax for type integer: "x"
UPDATE item SET price = 1 RETURNING id, shop.name;
--= 42P01 @41 missing FROM-clause entry for table "shop"
UPDATE missing SET a = 1;
--= 42P01 @8 relation "missing" does not exist
UPDATE item SET price = 1 FROM item WHERE true;
--= 42712 table name "item" specified more than once
UPDATE item SET price = 1 FROM item other WHERE other.id = item.id;
--= ok
DELETE FROM item WHERE id = 1 RETURNING id, name;
--= ok
DELETE FROM item WHERE nothing = 1;
--= 42703 @24 column "nothing" does not exist
DELETE FROM item USING shop WHERE shop.id = item.shop AND shop.city = 'x';
--= ok
DELETE FROM item USING shop WHERE id = 1;
--= 42702 @35 column reference "id" is ambiguous
DELETE FROM item i USING item j WHERE i.id = j.shop RETURNING i.*, j.name;
--= ok
DELETE FROM item WHERE id IN (SELECT city FROM shop);
--= 42883 @27 operator does not exist: integer = text
DELETE FROM item WHERE count(*) > 1;
--= 42803 @24 aggregate functions are not allowed in WHERE
DELETE FROM item ORDER BY id LIMIT 1;
--= 42601 @18 syntax error at or near "ORDER"
DELETE FROM missing;
--= 42P01 @13 relation "missing" does not exist
TRUNCATE missing;
--= 42P01 relation "missing" does not exist
