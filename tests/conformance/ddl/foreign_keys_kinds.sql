CREATE TEMP TABLE tt (id integer PRIMARY KEY);
--= ok
CREATE UNLOGGED TABLE ul (id integer PRIMARY KEY);
--= ok
CREATE TABLE pp (id integer REFERENCES tt);
--= 42P16 constraints on permanent tables may reference only permanent tables
CREATE TABLE pp (id integer REFERENCES ul);
--= 42P16 constraints on permanent tables may reference only permanent tables
CREATE TEMP TABLE t2 (id integer REFERENCES ul);
--= 42P16 constraints on temporary tables may reference only temporary tables
CREATE TABLE base (a integer, b integer, UNIQUE (a, b));
--= ok
CREATE TABLE child (a integer, b integer, FOREIGN KEY (a) REFERENCES base (a));
--= 42830 there is no unique constraint matching given keys for referenced table "base"
CREATE TABLE child (a integer, b integer, FOREIGN KEY (b, a) REFERENCES base (b, a));
--= ok
CREATE TABLE child2 (a integer, b integer, FOREIGN KEY (a, b) REFERENCES base);
--= 42704 there is no primary key for referenced table "base"
CREATE TABLE child3 (a integer, FOREIGN KEY (a, a) REFERENCES base (a, b));
--= ok
CREATE UNIQUE INDEX partial ON base (a) WHERE b > 0;
--= ok
CREATE TABLE child4 (a integer REFERENCES base (a));
--= 42830 there is no unique constraint matching given keys for referenced table "base"
CREATE UNIQUE INDEX whole ON base (a);
--= ok
CREATE TABLE child4 (a integer REFERENCES base (a));
--= ok
DROP INDEX whole;
--= 2BP01 cannot drop index whole because other objects depend on it
DROP INDEX whole CASCADE;
--= ok
CREATE TABLE child5 (a integer GENERATED ALWAYS AS (1) STORED REFERENCES base (b) ON DELETE SET NULL);
--= 42830 there is no unique constraint matching given keys for referenced table "base"
CREATE TABLE selfref (id integer PRIMARY KEY, parent integer REFERENCES selfref, CONSTRAINT up FOREIGN KEY (parent) REFERENCES selfref (id) ON DELETE CASCADE);
--= ok
ALTER TABLE selfref RENAME CONSTRAINT up TO selfref_parent_fkey;
--= 42710 constraint "selfref_parent_fkey" for relation "selfref" already exists
ALTER TABLE selfref RENAME CONSTRAINT nothing TO x;
--= 42704 constraint "nothing" for table "selfref" does not exist
ALTER TABLE selfref RENAME CONSTRAINT up TO upwards;
--= ok
