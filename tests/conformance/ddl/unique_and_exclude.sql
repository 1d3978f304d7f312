CREATE TABLE e (id integer, during tsrange, room integer, payload json, pt point);
--= ok
ALTER TABLE e ADD UNIQUE (payload);
--= 42704 data type json has no default operator class for access method "btree"
ALTER TABLE e ADD UNIQUE (id, id);
--= 42701 @19 column "id" appears twice in unique constraint
ALTER TABLE e ADD UNIQUE (missing);
--= 42703 column "missing" named in key does not exist
ALTER TABLE e ADD CONSTRAINT u UNIQUE (id) INCLUDE (room);
--= ok
ALTER TABLE e ADD CONSTRAINT u UNIQUE (room);
--= 42P07 relation "u" already exists
ALTER TABLE e ADD EXCLUDE USING gist (during WITH &&);
--= ok
ALTER TABLE e ADD EXCLUDE USING gist (room WITH =, during WITH &&);
--= 42704 data type integer has no default operator class for access method "gist"
ALTER TABLE e ADD EXCLUDE USING btree (room WITH =);
--= ok
ALTER TABLE e ADD EXCLUDE USING gist (during WITH <<);
--= 42809 operator <<(anyrange,anyrange) is not commutative
ALTER TABLE e ADD EXCLUDE USING hash (room WITH =) WHERE (id > 0);
--= ok
ALTER TABLE e ADD EXCLUDE USING brin (room WITH =);
--= 0A000 access method "brin" does not support exclusion constraints
CREATE UNIQUE INDEX ei ON e (room);
--= ok
ALTER TABLE e ADD CONSTRAINT ec UNIQUE USING INDEX ei;
--= ok
ALTER TABLE e ADD CONSTRAINT ed UNIQUE USING INDEX ei;
--= 42704 @19 index "ei" does not exist
ALTER TABLE e ADD CONSTRAINT ee UNIQUE USING INDEX missing;
--= 42704 @19 index "missing" does not exist
CREATE INDEX plain ON e (id);
--= ok
ALTER TABLE e ADD CONSTRAINT ef UNIQUE USING INDEX plain;
--= 42809 @19 "plain" is not a unique index
CREATE UNIQUE INDEX expr ON e ((id + 1));
--= ok
ALTER TABLE e ADD CONSTRAINT eg UNIQUE USING INDEX expr;
--= 42809 @19 index "expr" contains expressions
CREATE UNIQUE INDEX part ON e (id) WHERE id > 1;
--= ok
ALTER TABLE e ADD PRIMARY KEY USING INDEX part;
--= 42809 @19 "part" is a partial index
DROP INDEX ec;
--= 2BP01 cannot drop index ec because constraint ec on table e requires it
ALTER INDEX ec RENAME TO ei2;
--= ok
ALTER TABLE e DROP CONSTRAINT ei2;
--= ok
