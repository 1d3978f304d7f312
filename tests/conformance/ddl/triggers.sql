CREATE TABLE t (id integer, name text);
--= ok
CREATE VIEW v AS SELECT id FROM t;
--= ok
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
--= ok
CREATE FUNCTION g() RETURNS integer LANGUAGE sql AS 'SELECT 1';
--= ok
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
--= ok
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
--= 42710 trigger "tr" for relation "t" already exists
CREATE TRIGGER tr2 BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();
--= 42P17 function g must return type trigger
CREATE TRIGGER tr2 BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION nothing();
--= 42883 function nothing() does not exist
CREATE TRIGGER tr2 BEFORE INSERT ON nowhere FOR EACH ROW EXECUTE FUNCTION f();
--= 42P01 relation "nowhere" does not exist
CREATE TRIGGER tr2 BEFORE UPDATE OF nothing ON t FOR EACH ROW EXECUTE FUNCTION f();
--= 42703 column "nothing" of relation "t" does not exist
CREATE TRIGGER tr2 BEFORE INSERT ON t FOR EACH ROW WHEN (OLD.id > 0) EXECUTE FUNCTION f();
--= 42P17 @58 INSERT trigger's WHEN condition cannot reference OLD values
CREATE TRIGGER tr2 BEFORE INSERT ON v FOR EACH ROW EXECUTE FUNCTION f();
--= 42809 "v" is a view
CREATE TRIGGER tr2 INSTEAD OF INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
--= 42809 "t" is a table
CREATE TRIGGER tr2 INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f();
--= ok
DROP FUNCTION f();
--= 2BP01 cannot drop function f() because other objects depend on it
DROP TRIGGER nothing ON t;
--= 42704 trigger "nothing" for table "t" does not exist
DROP TRIGGER tr ON nowhere;
--= 42P01 relation "nowhere" does not exist
ALTER TABLE t DISABLE TRIGGER nothing;
--= 42704 trigger "nothing" for table "t" does not exist
ALTER TRIGGER tr ON t RENAME TO tr9;
--= ok
DROP TRIGGER tr ON t;
--= 42704 trigger "tr" for table "t" does not exist
