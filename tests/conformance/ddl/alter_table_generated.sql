CREATE TABLE g (id integer PRIMARY KEY, price numeric NOT NULL, qty integer, total numeric GENERATED ALWAYS AS (price * qty) STORED);
--= ok
ALTER TABLE g ALTER COLUMN qty TYPE bigint;
--= [-14] 42601 cannot alter type of a column used by a generated column
--= [15-] 0A000 cannot alter type of a column used by a generated column
ALTER TABLE g DROP COLUMN qty;
--= [-14] ok
--= [15-] 2BP01 cannot drop column qty of table g because other objects depend on it
ALTER TABLE g ALTER COLUMN total SET DEFAULT 0;
--= [-14] 42703 column "total" of relation "g" does not exist
--= [15-] 42601 column "total" of relation "g" is a generated column
ALTER TABLE g ALTER COLUMN total DROP DEFAULT;
--= [-14] 42703 column "total" of relation "g" does not exist
--= [15-] 42601 column "total" of relation "g" is a generated column
ALTER TABLE g ALTER COLUMN price DROP EXPRESSION;
--= [-17] 55000 column "price" of relation "g" is not a stored generated column
--= [18-] 55000 column "price" of relation "g" is not a generated column
ALTER TABLE g ALTER COLUMN price DROP EXPRESSION IF EXISTS;
--= ok
ALTER TABLE g ADD COLUMN twice numeric GENERATED ALWAYS AS (total * 2) STORED;
--= [-14] 42703 column "total" does not exist
--= [15-] 42P17 cannot use generated column "total" in column generation expression
ALTER TABLE g ADD COLUMN at timestamptz GENERATED ALWAYS AS (now()) STORED;
--= 42P17 generation expression is not immutable
ALTER TABLE g ADD COLUMN n text GENERATED ALWAYS AS (nothing || 'x') STORED;
--= 42703 column "nothing" does not exist
ALTER TABLE g ADD COLUMN s integer GENERATED ALWAYS AS ((SELECT 1)) STORED;
--= 0A000 cannot use subquery in column generation expression
ALTER TABLE g ADD COLUMN m integer DEFAULT 1 GENERATED ALWAYS AS (qty) STORED;
--= 42601 @46 both default and generation expression specified for column "m" of table "g"
INSERT INTO g (id, price, qty, total) VALUES (1, 2, 3, 6);
--= [-14] 42703 @27 column "qty" of relation "g" does not exist
--= [15-] 428C9 cannot insert a non-DEFAULT value into column "total"
INSERT INTO g (id, price, qty, total) VALUES (1, 2, 3, DEFAULT);
--= [-14] 42703 @27 column "qty" of relation "g" does not exist
--= [15-] ok
UPDATE g SET total = 1;
--= [-14] 42703 @14 column "total" of relation "g" does not exist
--= [15-] 428C9 column "total" can only be updated to DEFAULT
ALTER TABLE g ALTER COLUMN total DROP EXPRESSION;
--= [-14] 42703 column "total" of relation "g" does not exist
--= [15-] ok
ALTER TABLE g DROP COLUMN qty;
--= [-14] 42703 column "qty" of relation "g" does not exist
--= [15-] ok
CREATE TABLE gp (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
--= ok
CREATE TABLE gc (a integer, b integer) INHERITS (gp);
--= ok
CREATE TABLE gd () INHERITS (gp);
--= ok
ALTER TABLE ONLY gp ALTER COLUMN b DROP EXPRESSION;
--= 0A000 ALTER TABLE / DROP EXPRESSION must be applied to child tables too
ALTER TABLE gd ALTER COLUMN b DROP EXPRESSION;
--= 42P16 cannot drop generation expression from inherited column
ALTER TABLE gp ALTER COLUMN a TYPE text;
--= [-14] 42601 cannot alter type of a column used by a generated column
--= [15-] 0A000 cannot alter type of a column used by a generated column
CREATE TABLE joined (a int, b text GENERATED ALWAYS AS (a || ' sec') STORED);
--= ok
CREATE INDEX ON joined ((a || '-' || b));
--= ok
CREATE TABLE joined_at (a timestamptz, b text GENERATED ALWAYS AS (a || ' sec') STORED);
--= 42P17 generation expression is not immutable
CREATE INDEX ON joined ((b || now()));
--= 42P17 functions in index expression must be marked IMMUTABLE
DROP TABLE joined;
--= ok
