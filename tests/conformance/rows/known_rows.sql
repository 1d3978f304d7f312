-- What a table's own history says of its rows decides guards and constraints.
CREATE TABLE schema_version (id integer NOT NULL, stage integer NOT NULL);
--= ok
INSERT INTO schema_version VALUES (1, 0);
--= ok
DO $$ DECLARE next integer; BEGIN SELECT stage + 1 INTO next FROM schema_version; IF next = 1 THEN EXECUTE 'CREATE TABLE first (a integer)'; UPDATE schema_version SET stage = next; END IF; END $$;
--= ok
DO $$ DECLARE next integer; BEGIN SELECT stage + 1 INTO next FROM schema_version; IF next = 1 THEN EXECUTE 'CREATE TABLE second (a integer)'; END IF; END $$;
--= ok
SELECT a FROM first;
--= ok
SELECT a FROM second;
--= 42P01 @15 relation "second" does not exist
CREATE TABLE parent (id integer PRIMARY KEY, name text NOT NULL, size integer CHECK (size > 0));
--= ok
CREATE TABLE child (id integer PRIMARY KEY, parent_id integer REFERENCES parent (id));
--= ok
INSERT INTO parent VALUES (1, 'a', 1), (2, 'b', 2);
--= ok
INSERT INTO parent VALUES (2, 'c', 3);
--= 23505 duplicate key value violates unique constraint "parent_pkey"
INSERT INTO parent VALUES (2, 'c', 3) ON CONFLICT DO NOTHING;
--= ok
INSERT INTO parent (id) VALUES (3);
--= 23502 null value in column "name" of relation "parent" violates not-null constraint
INSERT INTO parent VALUES (3, 'c', 0);
--= 23514 new row for relation "parent" violates check constraint "parent_size_check"
INSERT INTO child VALUES (1, 7);
--= 23503 insert or update on table "child" violates foreign key constraint "child_parent_id_fkey"
INSERT INTO child VALUES (1, 2), (2, NULL);
--= ok
ALTER TABLE child ALTER parent_id SET NOT NULL;
--= 23502 column "parent_id" of relation "child" contains null values
ALTER TABLE parent ADD CONSTRAINT small CHECK (size < 2);
--= 23514 check constraint "small" of relation "parent" is violated by some row
ALTER TABLE parent ADD CONSTRAINT small CHECK (size < 2) NOT VALID;
--= ok
ALTER TABLE parent VALIDATE CONSTRAINT small;
--= 23514 check constraint "small" of relation "parent" is violated by some row
UPDATE child SET parent_id = 2 WHERE parent_id IS NULL;
--= ok
ALTER TABLE child ALTER parent_id SET NOT NULL;
--= ok
CREATE UNIQUE INDEX child_parent ON child (parent_id);
--= 23505 could not create unique index "child_parent"
DELETE FROM child WHERE id = 2;
--= ok
CREATE UNIQUE INDEX child_parent ON child (parent_id);
--= ok
ALTER TABLE child ADD COLUMN note text DEFAULT 'x' NOT NULL;
--= ok
ALTER TABLE child ADD COLUMN other text NOT NULL;
--= 23502 column "other" of relation "child" contains null values
TRUNCATE child;
--= ok
ALTER TABLE child ADD COLUMN other text NOT NULL;
--= ok
