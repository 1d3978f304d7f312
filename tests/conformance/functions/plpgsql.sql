CREATE TABLE pt (id integer, v text);
--= ok
CREATE FUNCTION p1() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.v := 1; RETURN NEW; END';
--= ok
CREATE FUNCTION p2() RETURNS integer LANGUAGE plpgsql AS 'DECLARE x missing; BEGIN RETURN 1; END';
--= 42704 @69 type "missing" does not exist
CREATE FUNCTION p3() RETURNS integer LANGUAGE plpgsql AS 'DECLARE x pt.missing%TYPE; BEGIN RETURN 1; END';
--= [-13] 42601 @69 invalid type name "pt.missing%TYPE"
--= [14-16] 42601 @79 syntax error at or near "%"
--= [17-] 42703 column "missing" of relation "pt" does not exist
CREATE FUNCTION p4() RETURNS integer LANGUAGE plpgsql AS 'DECLARE x nowhere%ROWTYPE; BEGIN RETURN 1; END';
--= 42P01 relation "nowhere" does not exist
CREATE FUNCTION p5() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN missing_fn(); END';
--= ok
CREATE FUNCTION p6() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN 1; ';
--= 42601 @75 syntax error at end of input
CREATE FUNCTION p7() RETURNS integer LANGUAGE plpgsql AS 'BEGIN x := 1; END';
--= 42601 @65 "x" is not a known variable
CREATE FUNCTION p8() RETURNS void LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
--= 42804 @69 RETURN cannot have a parameter in function returning void
CREATE FUNCTION p9() RETURNS integer LANGUAGE plpgsql AS 'BEGIN SELEC 1; END';
--= 42601 @65 syntax error at or near "SELEC"
CREATE FUNCTION p10(a integer) RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
--= 42P13 trigger functions cannot have declared arguments
CREATE TRIGGER t1 BEFORE INSERT ON pt FOR EACH ROW EXECUTE FUNCTION p1();
--= ok
CREATE TRIGGER t1 BEFORE INSERT ON pt FOR EACH ROW EXECUTE FUNCTION p1();
--= 42710 trigger "t1" for relation "pt" already exists
CREATE TRIGGER t2 BEFORE INSERT ON pt FOR EACH ROW EXECUTE FUNCTION p5();
--= 42P17 function p5 must return type trigger
CREATE TRIGGER t2 BEFORE INSERT ON pt FOR EACH ROW EXECUTE FUNCTION missing();
--= 42883 function missing() does not exist
CREATE TRIGGER t2 BEFORE UPDATE OF missing ON pt FOR EACH ROW EXECUTE FUNCTION p1();
--= 42703 column "missing" of relation "pt" does not exist
CREATE TRIGGER t2 INSTEAD OF INSERT ON pt FOR EACH ROW EXECUTE FUNCTION p1();
--= 42809 "pt" is a table
CREATE TRIGGER t2 BEFORE INSERT ON pt FOR EACH ROW WHEN (OLD.id = 1) EXECUTE FUNCTION p1();
--= 42P17 @58 INSERT trigger's WHEN condition cannot reference OLD values
CREATE TRIGGER t2 BEFORE TRUNCATE ON pt FOR EACH ROW EXECUTE FUNCTION p1();
--= 0A000 TRUNCATE FOR EACH ROW triggers are not supported
CREATE OR REPLACE TRIGGER t1 AFTER INSERT ON pt FOR EACH ROW EXECUTE FUNCTION p1();
--= [-13] 42601 @19 syntax error at or near "TRIGGER"
--= [14-] ok
ALTER TABLE pt DISABLE TRIGGER missing;
--= 42704 trigger "missing" for table "pt" does not exist
ALTER TABLE pt DISABLE TRIGGER t1;
--= ok
ALTER TRIGGER t1 ON pt RENAME TO t9;
--= ok
ALTER TRIGGER t1 ON pt RENAME TO t10;
--= 42704 trigger "t1" for table "pt" does not exist
DROP FUNCTION p1();
--= 2BP01 cannot drop function p1() because other objects depend on it
DROP TRIGGER t1 ON pt;
--= 42704 trigger "t1" for table "pt" does not exist
DROP TRIGGER t9 ON pt;
--= ok
DROP FUNCTION p1();
--= ok
