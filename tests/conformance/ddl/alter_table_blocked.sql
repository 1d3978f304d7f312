CREATE TABLE b (id integer PRIMARY KEY, name text, kind text, n integer CHECK (n > 0));
--= ok
CREATE VIEW bv AS SELECT id, name FROM b;
--= ok
ALTER TABLE b ALTER COLUMN name TYPE varchar(50);
--= 0A000 cannot alter type of a column used by a view or rule
ALTER TABLE b DROP COLUMN name;
--= 2BP01 cannot drop column name of table b because other objects depend on it
ALTER TABLE b DROP COLUMN name RESTRICT;
--= 2BP01 cannot drop column name of table b because other objects depend on it
ALTER TABLE b ALTER COLUMN kind TYPE varchar(50);
--= ok
CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
--= ok
CREATE TRIGGER tr BEFORE UPDATE OF kind ON b FOR EACH ROW EXECUTE FUNCTION trg();
--= ok
ALTER TABLE b ALTER COLUMN kind TYPE text;
--= 0A000 cannot alter type of a column used in a trigger definition
ALTER TABLE b DROP COLUMN kind;
--= 2BP01 cannot drop column kind of table b because other objects depend on it
CREATE POLICY p ON b USING (n > 1);
--= ok
ALTER TABLE b ALTER COLUMN n TYPE bigint;
--= 0A000 cannot alter type of a column used in a policy definition
ALTER TABLE b DROP COLUMN n;
--= 2BP01 cannot drop column n of table b because other objects depend on it
DROP POLICY p ON b;
--= ok
ALTER TABLE b ALTER COLUMN n TYPE bigint;
--= ok
CREATE INDEX bi ON b (lower(name));
--= ok
ALTER TABLE b ALTER COLUMN id TYPE bigint;
--= 0A000 cannot alter type of a column used by a view or rule
DROP VIEW bv;
--= ok
ALTER TABLE b ALTER COLUMN name TYPE integer USING 1;
--= 42883 @42 function lower(integer) does not exist
ALTER TABLE b DROP CONSTRAINT b_n_check;
--= ok
ALTER TABLE b DROP CONSTRAINT b_n_check;
--= 42704 constraint "b_n_check" of relation "b" does not exist
ALTER TABLE b DROP CONSTRAINT IF EXISTS b_n_check;
--= ok
