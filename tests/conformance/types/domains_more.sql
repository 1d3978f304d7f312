CREATE DOMAIN email AS text CHECK (VALUE ~ '@');
--= ok
CREATE DOMAIN email AS text;
--= 42710 type "email" already exists
CREATE DOMAIN bad AS missing;
--= [-17] 42704 type "missing" does not exist
--= [18-] 42704 @22 type "missing" does not exist
CREATE DOMAIN bad AS text CHECK (missing);
--= 42703 column "missing" does not exist
CREATE DOMAIN bad AS integer DEFAULT 'x';
--= [-17] 22P02 invalid input syntax for type integer: "x"
--= [18-] 22P02 @38 invalid input syntax for type integer: "x"
CREATE DOMAIN bad AS integer CHECK (VALUE);
--= 42804 argument of CHECK must be type boolean, not type integer
CREATE DOMAIN bad AS integer NOT NULL NULL;
--= [-17] 42601 conflicting NULL/NOT NULL constraints
--= [18-] 42601 @39 conflicting NULL/NOT NULL constraints
CREATE DOMAIN bad AS integer PRIMARY KEY;
--= [-17] 42601 primary key constraints not possible for domains
--= [18-] 42601 @30 primary key constraints not possible for domains
CREATE TABLE u (id integer, e email);
--= ok
ALTER DOMAIN email ADD CONSTRAINT len CHECK (length(VALUE) < 100);
--= ok
ALTER DOMAIN email ADD CONSTRAINT len CHECK (length(VALUE) < 10);
--= 42710 constraint "len" for domain "email" already exists
ALTER DOMAIN email DROP CONSTRAINT missing;
--= 42704 constraint "missing" of domain "email" does not exist
ALTER DOMAIN email DROP CONSTRAINT IF EXISTS missing;
--= ok
ALTER DOMAIN email RENAME CONSTRAINT len TO maxlen;
--= ok
ALTER DOMAIN email VALIDATE CONSTRAINT len;
--= 42704 constraint "len" of domain "email" does not exist
ALTER DOMAIN email SET DEFAULT 5;
--= ok
ALTER DOMAIN email SET NOT NULL;
--= ok
ALTER DOMAIN missing SET NOT NULL;
--= 42704 type "missing" does not exist
DROP DOMAIN email;
--= 2BP01 cannot drop type email because other objects depend on it
CREATE TYPE pair AS (a integer, b integer);
--= ok
CREATE DOMAIN dpair AS pair CHECK ((VALUE).a > 0);
--= ok
ALTER TYPE pair DROP ATTRIBUTE a;
--= 2BP01 cannot drop column a of composite type pair because other objects depend on it
ALTER TYPE pair ALTER ATTRIBUTE b TYPE text;
--= ok
ALTER TYPE pair ADD ATTRIBUTE b text;
--= 42701 column "b" of relation "pair" already exists
ALTER TYPE pair ADD ATTRIBUTE c text;
--= ok
CREATE TABLE hp (p pair);
--= ok
ALTER TYPE pair ADD ATTRIBUTE d integer;
--= ok
ALTER TYPE pair ALTER ATTRIBUTE c TYPE varchar;
--= 0A000 cannot alter type "pair" because column "hp.p" uses it
ALTER TYPE pair DROP ATTRIBUTE missing;
--= 42703 column "missing" of relation "pair" does not exist
DROP TYPE pair;
--= 2BP01 cannot drop type pair because other objects depend on it
CREATE TYPE pair AS (a integer);
--= 42710 type "pair" already exists
CREATE TYPE dup AS (a integer, a text);
--= 42701 column "a" specified more than once
CREATE DOMAIN base AS integer;
--= ok
CREATE TYPE wrap AS (b base);
--= ok
CREATE TABLE hw (w wrap);
--= ok
ALTER DOMAIN base ADD CHECK (VALUE > 0);
--= 0A000 cannot alter type "base" because column "hw.w" uses it
