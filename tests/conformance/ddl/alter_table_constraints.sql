CREATE TABLE a (id integer, b integer, c text);
--= ok
ALTER TABLE a ADD PRIMARY KEY (id);
--= ok
ALTER TABLE a ADD PRIMARY KEY (b);
--= 42P16 multiple primary keys for table "a" are not allowed
ALTER TABLE a ADD CONSTRAINT a_b_key UNIQUE (b);
--= ok
ALTER TABLE a ADD CONSTRAINT a_b_key UNIQUE (c);
--= 42P07 relation "a_b_key" already exists
ALTER TABLE a ADD CONSTRAINT a_check CHECK (b > 0) NOT VALID;
--= ok
ALTER TABLE a ADD CONSTRAINT a_check CHECK (b > 1);
--= 42710 constraint "a_check" for relation "a" already exists
ALTER TABLE a VALIDATE CONSTRAINT a_check;
--= ok
ALTER TABLE a VALIDATE CONSTRAINT nothing;
--= 42704 constraint "nothing" of relation "a" does not exist
ALTER TABLE a DROP CONSTRAINT nothing;
--= 42704 constraint "nothing" of relation "a" does not exist
ALTER TABLE a DROP CONSTRAINT IF EXISTS nothing;
--= ok
CREATE TABLE f (a_id integer REFERENCES a (b));
--= ok
ALTER TABLE a DROP CONSTRAINT a_b_key;
--= 2BP01 cannot drop constraint a_b_key on table a because other objects depend on it
ALTER TABLE a DROP CONSTRAINT a_b_key CASCADE;
--= ok
ALTER TABLE f ADD CONSTRAINT f_a_id_fkey FOREIGN KEY (a_id) REFERENCES a (b);
--= 42830 there is no unique constraint matching given keys for referenced table "a"
ALTER TABLE a RENAME CONSTRAINT a_check TO a_positive;
--= ok
ALTER TABLE a RENAME CONSTRAINT a_check TO other;
--= 42704 constraint "a_check" for table "a" does not exist
ALTER TABLE a ALTER CONSTRAINT a_positive DEFERRABLE;
--= 42809 constraint "a_positive" of relation "a" is not a foreign key constraint
CREATE UNIQUE INDEX a_c ON a (c);
--= ok
ALTER TABLE a ADD CONSTRAINT a_c_key UNIQUE USING INDEX a_c;
--= ok
ALTER TABLE a ADD CONSTRAINT again UNIQUE USING INDEX nothing;
--= 42704 @19 index "nothing" does not exist
