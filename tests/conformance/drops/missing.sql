DROP TABLE nothing;
--= 42P01 table "nothing" does not exist
DROP VIEW nothing;
--= 42P01 view "nothing" does not exist
DROP INDEX nothing;
--= 42704 index "nothing" does not exist
DROP SEQUENCE nothing;
--= 42P01 sequence "nothing" does not exist
DROP TYPE nothing;
--= 42704 type "nothing" does not exist
DROP DOMAIN nothing;
--= 42704 type "nothing" does not exist
DROP FUNCTION nothing();
--= 42883 function nothing() does not exist
DROP FUNCTION nothing;
--= 42883 could not find a function named "nothing"
DROP PROCEDURE nothing();
--= 42883 procedure nothing() does not exist
DROP AGGREGATE nothing(integer);
--= 42883 aggregate nothing(integer) does not exist
DROP OPERATOR === (integer, integer);
--= 42883 operator does not exist: integer === integer
DROP CAST (integer AS point);
--= 42704 cast from type integer to type point does not exist
DROP EXTENSION nothing;
--= 42704 extension "nothing" does not exist
DROP ROLE nobody_at_all;
--= 42704 role "nobody_at_all" does not exist
DROP SCHEMA nothing;
--= 3F000 schema "nothing" does not exist
DROP TABLE IF EXISTS nowhere.t;
--= ok
DROP TABLE nowhere.t;
--= 3F000 schema "nowhere" does not exist
DROP FUNCTION IF EXISTS f(nosuchtype);
--= ok
DROP COLLATION nothing;
--= 42704 collation "nothing" for encoding "UTF8" does not exist
DROP TEXT SEARCH CONFIGURATION nothing;
--= 42704 text search configuration "nothing" does not exist
DROP SERVER nothing;
--= 42704 server "nothing" does not exist
DROP PUBLICATION nothing;
--= 42704 publication "nothing" does not exist
DROP EVENT TRIGGER nothing;
--= 42704 event trigger "nothing" does not exist
DROP STATISTICS nothing;
--= 42704 statistics object "nothing" does not exist
DROP MATERIALIZED VIEW IF EXISTS nothing;
--= ok
DROP TABLE pg_class;
--= 42501 permission denied: "pg_class" is a system catalog
