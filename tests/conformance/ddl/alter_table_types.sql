CREATE TABLE t (id integer, code varchar(10), amount text, flag boolean, made timestamp, data json);
--= ok
ALTER TABLE t ALTER COLUMN code TYPE integer;
--= 42804 column "code" cannot be cast automatically to type integer
ALTER TABLE t ALTER COLUMN code TYPE integer USING code::integer;
--= ok
ALTER TABLE t ALTER COLUMN amount TYPE numeric(10,2);
--= 42804 column "amount" cannot be cast automatically to type numeric
ALTER TABLE t ALTER COLUMN amount TYPE numeric(10,2) USING nullif(amount, '')::numeric;
--= ok
ALTER TABLE t ALTER COLUMN flag TYPE integer;
--= 42804 column "flag" cannot be cast automatically to type integer
ALTER TABLE t ALTER COLUMN flag TYPE integer USING flag::integer;
--= ok
ALTER TABLE t ALTER COLUMN made TYPE timestamptz USING made AT TIME ZONE 'UTC';
--= ok
ALTER TABLE t ALTER COLUMN data TYPE jsonb;
--= ok
ALTER TABLE t ALTER COLUMN data TYPE integer;
--= 42804 column "data" cannot be cast automatically to type integer
ALTER TABLE t ALTER COLUMN nothing TYPE integer;
--= 42703 column "nothing" of relation "t" does not exist
ALTER TABLE t ALTER COLUMN id TYPE nothing;
--= [-17] 42704 type "nothing" does not exist
--= [18-] 42704 @36 type "nothing" does not exist
ALTER TABLE t ALTER COLUMN id TYPE text USING other;
--= 42703 @47 column "other" does not exist
ALTER TABLE t ALTER COLUMN id TYPE uuid;
--= 42804 column "id" cannot be cast automatically to type uuid
ALTER TABLE t ALTER COLUMN id SET DEFAULT 'x';
--= 22P02 invalid input syntax for type integer: "x"
ALTER TABLE t ALTER COLUMN id SET DEFAULT 5;
--= ok
ALTER TABLE t ALTER COLUMN id TYPE boolean USING id <> 0;
--= 42804 default for column "id" cannot be cast automatically to type boolean
ALTER TABLE t ALTER COLUMN id TYPE text;
--= ok
ALTER TABLE t ALTER COLUMN id TYPE varchar(20) COLLATE "C";
--= ok
ALTER TABLE t ALTER COLUMN flag TYPE integer COLLATE "C";
--= [-17] 42804 collations are not supported by type integer
--= [18-] 42804 @46 collations are not supported by type integer
ALTER TABLE t ALTER COLUMN xmin TYPE text;
--= [-17] 0A000 cannot alter system column "xmin"
--= [18-] 0A000 @28 cannot alter system column "xmin"
