-- ALTER DOMAIN looks at the rows that hold its values.
CREATE DOMAIN pos AS int;
--= ok
CREATE TABLE t (a pos, b pos);
--= ok
INSERT INTO t VALUES (1, NULL), (2, NULL);
--= ok
ALTER DOMAIN pos ADD CONSTRAINT small CHECK (VALUE < 2);
--= 23514 column "a" of table "t" contains values that violate the new constraint
ALTER DOMAIN pos ADD CONSTRAINT small CHECK (VALUE < 34);
--= ok
ALTER DOMAIN pos ADD CHECK (VALUE > 0);
--= ok
INSERT INTO t VALUES (-5);
--= 23514 value for domain pos violates check constraint "pos_check"
ALTER DOMAIN pos SET NOT NULL;
--= 23502 column "b" of table "t" contains null values
UPDATE t SET b = 5;
--= ok
ALTER DOMAIN pos SET NOT NULL;
--= ok
UPDATE t SET a = NULL;
--= 23502 domain pos does not allow null values
ALTER DOMAIN pos DROP NOT NULL;
--= ok
ALTER DOMAIN pos ADD CONSTRAINT low CHECK (VALUE < 3) NOT VALID;
--= ok
ALTER DOMAIN pos VALIDATE CONSTRAINT low;
--= 23514 column "b" of table "t" contains values that violate the new constraint
UPDATE t SET b = 1;
--= ok
ALTER DOMAIN pos VALIDATE CONSTRAINT low;
--= ok
CREATE TYPE pair AS (f pos);
--= ok
CREATE TABLE u (p pair[]);
--= ok
ALTER DOMAIN pos ADD CHECK (VALUE > 0);
--= 0A000 cannot alter type "pos" because column "u.p" uses it
