CREATE TABLE t (id integer PRIMARY KEY, name text NOT NULL DEFAULT 'x');
--= ok
CREATE TABLE t (id integer);
--= 42P07 relation "t" already exists
CREATE TABLE IF NOT EXISTS t (id integer);
--= ok
CREATE TABLE nowhere.t (id integer);
--= 3F000 @14 schema "nowhere" does not exist
CREATE TABLE u (id integer, id text);
--= 42701 column "id" specified more than once
CREATE TABLE u (id nosuchtype);
--= 42704 @20 type "nosuchtype" does not exist
CREATE TABLE u (id integer PRIMARY KEY, other integer PRIMARY KEY);
--= 42P16 @55 multiple primary keys for table "u" are not allowed
CREATE TABLE u (id integer DEFAULT 'abc');
--= 22P02 @36 invalid input syntax for type integer: "abc"
CREATE TABLE u (id integer DEFAULT name);
--= 0A000 @36 cannot use column reference in DEFAULT expression
CREATE TABLE u (id integer DEFAULT (SELECT 1));
--= 0A000 @36 cannot use subquery in DEFAULT expression
CREATE TABLE u (a integer NULL NOT NULL);
--= 42601 @32 conflicting NULL/NOT NULL declarations for column "a" of table "u"
CREATE TABLE u (a integer DEFAULT 1 DEFAULT 2);
--= 42601 @37 multiple default values specified for column "a" of table "u"
CREATE TABLE u (a integer CHECK (b > 0));
--= 42703 @34 column "b" does not exist
CREATE TABLE u (a integer CHECK (a));
--= 42804 @34 argument of CHECK must be type boolean, not type integer
CREATE TABLE u (a integer, CHECK (count(a) > 0));
--= 42803 @35 aggregate functions are not allowed in check constraints
CREATE TABLE u (xmin integer);
--= 42701 column name "xmin" conflicts with a system column name
CREATE TABLE u (a varchar(0));
--= 22023 @19 length for type varchar must be at least 1
CREATE TABLE u (a numeric(2000, 3));
--= 22023 @19 NUMERIC precision 2000 must be between 1 and 1000
CREATE TABLE u ();
--= ok
