CREATE TABLE m (id integer, a integer, b text);
--= ok
ALTER TABLE m ADD COLUMN c integer, ADD COLUMN d integer NOT NULL DEFAULT 0, DROP COLUMN a;
--= ok
ALTER TABLE m ADD COLUMN e integer, ADD COLUMN e text;
--= 42701 column "e" of relation "m" already exists
ALTER TABLE m ADD COLUMN f integer, ALTER COLUMN f SET DEFAULT 1;
--= ok
ALTER TABLE m ADD COLUMN g integer, DROP COLUMN g;
--= 42703 column "g" of relation "m" does not exist
ALTER TABLE m ADD COLUMN b text;
--= 42701 column "b" of relation "m" already exists
ALTER TABLE m ADD COLUMN IF NOT EXISTS b text;
--= ok
ALTER TABLE m ADD COLUMN IF NOT EXISTS h nothing;
--= 42704 @42 type "nothing" does not exist
ALTER TABLE m DROP COLUMN nothing;
--= 42703 column "nothing" of relation "m" does not exist
ALTER TABLE m DROP COLUMN IF EXISTS nothing;
--= ok
ALTER TABLE m RENAME COLUMN b TO c;
--= 42701 column "c" of relation "m" already exists
ALTER TABLE m RENAME COLUMN nothing TO z;
--= 42703 column "nothing" does not exist
ALTER TABLE m RENAME b TO title;
--= ok
ALTER TABLE m RENAME TO m;
--= 42P07 relation "m" already exists
ALTER TABLE m ADD PRIMARY KEY (id), ADD PRIMARY KEY (c);
--= 42P16 multiple primary keys for table "m" are not allowed
ALTER TABLE m ADD PRIMARY KEY (id);
--= ok
ALTER TABLE m ADD PRIMARY KEY (c);
--= 42P16 multiple primary keys for table "m" are not allowed
ALTER TABLE m ALTER COLUMN id DROP NOT NULL;
--= 42P16 column "id" is in a primary key
ALTER TABLE m ADD CONSTRAINT m_pkey UNIQUE (c);
--= 42P07 relation "m_pkey" already exists
ALTER TABLE m ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
--= ok
ALTER TABLE m ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
--= 55000 column "id" of relation "m" is already an identity column
ALTER TABLE m ALTER COLUMN id SET DEFAULT 4;
--= 42601 column "id" of relation "m" is an identity column
ALTER TABLE m ALTER COLUMN id DROP IDENTITY;
--= ok
ALTER TABLE m ALTER COLUMN id DROP IDENTITY;
--= 55000 column "id" of relation "m" is not an identity column
ALTER TABLE m ALTER COLUMN id DROP IDENTITY IF EXISTS;
--= ok
