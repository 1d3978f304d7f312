CREATE TYPE status AS ENUM ('new', 'open', 'done');
--= ok
CREATE TYPE status AS ENUM ('x');
--= 42710 type "status" already exists
CREATE TYPE bad AS ENUM ('a', 'a');
--= 23505 duplicate key value violates unique constraint "pg_enum_typid_label_index"
CREATE TABLE tickets (id integer, s status DEFAULT 'new');
--= ok
ALTER TYPE status ADD VALUE 'held' BEFORE 'done';
--= ok
ALTER TYPE status ADD VALUE 'held';
--= 42710 enum label "held" already exists
ALTER TYPE status ADD VALUE IF NOT EXISTS 'held';
--= ok
ALTER TYPE status ADD VALUE 'z' AFTER 'missing';
--= 22023 "missing" is not an existing enum label
ALTER TYPE status RENAME VALUE 'open' TO 'opened';
--= ok
ALTER TYPE status RENAME VALUE 'open' TO 'x';
--= 22023 "open" is not an existing enum label
ALTER TYPE status RENAME VALUE 'new' TO 'done';
--= 42710 enum label "done" already exists
ALTER TABLE tickets ALTER COLUMN s SET DEFAULT 'open';
--= 22P02 invalid input value for enum status: "open"
ALTER TABLE tickets ALTER COLUMN s SET DEFAULT 'opened';
--= ok
INSERT INTO tickets VALUES (1, 'open');
--= 22P02 @32 invalid input value for enum status: "open"
ALTER TABLE tickets ALTER COLUMN s TYPE text;
--= ok
ALTER TABLE tickets ALTER COLUMN s TYPE status;
--= 42804 column "s" cannot be cast automatically to type status
ALTER TABLE tickets ALTER COLUMN s TYPE status USING s::status;
--= ok
ALTER TABLE tickets ALTER COLUMN s DROP DEFAULT;
--= ok
ALTER TABLE tickets ALTER COLUMN s TYPE status USING s::status;
--= ok
CREATE TYPE status2 AS ENUM ('new');
--= ok
ALTER TABLE tickets ALTER COLUMN s TYPE status2;
--= 42804 column "s" cannot be cast automatically to type status2
ALTER TABLE tickets ALTER COLUMN s TYPE status2 USING s::text::status2;
--= ok
DROP TYPE status;
--= ok
DROP TYPE status2;
--= 2BP01 cannot drop type status2 because other objects depend on it
BEGIN;
--= ok
ALTER TYPE status2 ADD VALUE 'later';
--= ok
INSERT INTO tickets VALUES (1, 'later');
--= 55P04 @32 unsafe use of new value "later" of enum type status2
ROLLBACK;
--= ok
ALTER TYPE missing ADD VALUE 'x';
--= 42704 type "missing" does not exist
CREATE TYPE r AS RANGE (subtype = missing);
--= 42704 type "missing" does not exist
CREATE TYPE r AS RANGE (subtype = integer);
--= ok
CREATE TYPE r AS RANGE (subtype = integer);
--= 42710 type "r" already exists
