CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
--= ok
CREATE DOMAIN positive AS integer;
--= 42710 type "positive" already exists
CREATE DOMAIN d AS nosuchtype;
--= [-17] 42704 type "nosuchtype" does not exist
--= [18-] 42704 @20 type "nosuchtype" does not exist
CREATE DOMAIN d AS integer DEFAULT 'abc';
--= [-17] 22P02 invalid input syntax for type integer: "abc"
--= [18-] 22P02 @36 invalid input syntax for type integer: "abc"
CREATE DOMAIN d AS integer CHECK (nothing > 0);
--= 42703 column "nothing" does not exist
CREATE DOMAIN d AS integer NOT NULL NULL;
--= [-17] 42601 conflicting NULL/NOT NULL constraints
--= [18-] 42601 @37 conflicting NULL/NOT NULL constraints
ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 100);
--= ok
ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 10);
--= 42710 constraint "small" for domain "positive" already exists
ALTER DOMAIN positive DROP CONSTRAINT nothing;
--= 42704 constraint "nothing" of domain "positive" does not exist
ALTER DOMAIN nothing SET NOT NULL;
--= 42704 type "nothing" does not exist
CREATE TABLE t (p positive);
--= ok
DROP DOMAIN positive;
--= 2BP01 cannot drop type positive because other objects depend on it
CREATE TYPE pair AS (a integer, b text);
--= ok
CREATE TYPE pair2 AS (a integer, a text);
--= 42701 column "a" specified more than once
ALTER TYPE pair ADD ATTRIBUTE c date;
--= ok
ALTER TYPE pair ADD ATTRIBUTE c date;
--= 42701 column "c" of relation "pair" already exists
ALTER TYPE pair DROP ATTRIBUTE nothing;
--= 42703 column "nothing" of relation "pair" does not exist
CREATE TABLE u (p pair);
--= ok
ALTER TYPE pair ALTER ATTRIBUTE a TYPE bigint;
--= 0A000 cannot alter type "pair" because column "u.p" uses it
SELECT (p).a, (p).nothing FROM u;
--= 42703 @16 column "nothing" not found in data type pair
CREATE TYPE span AS RANGE (subtype = float8);
--= ok
CREATE TYPE span2 AS RANGE (subtype = point);
--= 42704 data type point has no default operator class for access method "btree"
