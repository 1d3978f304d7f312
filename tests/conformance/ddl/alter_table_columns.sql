CREATE TABLE t (id integer PRIMARY KEY, name text, amount numeric);
--= ok
ALTER TABLE t ADD COLUMN note text;
--= ok
ALTER TABLE t ADD COLUMN note text;
--= 42701 column "note" of relation "t" already exists
ALTER TABLE t ADD COLUMN IF NOT EXISTS note text;
--= ok
ALTER TABLE nowhere ADD COLUMN x integer;
--= 42P01 relation "nowhere" does not exist
ALTER TABLE IF EXISTS nowhere ADD COLUMN x integer;
--= ok
ALTER TABLE t DROP COLUMN nothing;
--= 42703 column "nothing" of relation "t" does not exist
ALTER TABLE t DROP COLUMN IF EXISTS nothing;
--= ok
ALTER TABLE t RENAME COLUMN name TO title;
--= ok
ALTER TABLE t RENAME COLUMN name TO title;
--= 42703 column "name" does not exist
ALTER TABLE t RENAME COLUMN title TO id;
--= 42701 column "id" of relation "t" already exists
ALTER TABLE t ALTER COLUMN title SET NOT NULL;
--= ok
ALTER TABLE t ALTER COLUMN nothing SET NOT NULL;
--= 42703 column "nothing" of relation "t" does not exist
ALTER TABLE t ALTER COLUMN title TYPE integer;
--= 42804 column "title" cannot be cast automatically to type integer
ALTER TABLE t ALTER COLUMN title TYPE integer USING title::integer;
--= ok
ALTER TABLE t ALTER COLUMN amount SET DEFAULT 'abc';
--= 22P02 invalid input syntax for type numeric: "abc"
ALTER TABLE t ALTER COLUMN amount SET DEFAULT 1.5;
--= ok
ALTER TABLE t ALTER COLUMN amount TYPE boolean;
--= 42804 column "amount" cannot be cast automatically to type boolean
ALTER TABLE t ALTER COLUMN id DROP NOT NULL;
--= 42P16 column "id" is in a primary key
ALTER TABLE t DROP COLUMN xmin;
--= 0A000 cannot drop system column "xmin"
