CREATE TABLE emp (empname text NOT NULL, salary integer);
--= ok
CREATE FUNCTION stmt_trg() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE n int; BEGIN SELECT count(*) INTO n FROM newt; RAISE NOTICE '% % % % new rows', TG_NAME, TG_WHEN, TG_OP, n; RETURN NULL; END $$;
--= ok
CREATE TRIGGER stmt1 AFTER INSERT ON emp REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION stmt_trg();
--= ok
INSERT INTO emp SELECT 'x' || g, g FROM generate_series(1,3) g;
--= ok
CREATE FUNCTION args_trg() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '% args: % %', TG_NARGS, TG_ARGV[0], TG_ARGV[1]; IF TG_ARGV[0] = 'stop' THEN RETURN NULL; END IF; RETURN NEW; END $$;
--= ok
CREATE TRIGGER a1 BEFORE INSERT ON emp FOR EACH ROW WHEN (NEW.salary > 1000) EXECUTE FUNCTION args_trg('stop', 2);
--= ok
INSERT INTO emp VALUES ('rich', 2000);
--= ok
INSERT INTO emp VALUES ('poor', 20);
--= ok
CREATE FUNCTION bad_trg() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.nosuch := 1; RETURN NEW; END $$;
--= ok
CREATE TRIGGER a2 BEFORE UPDATE OF salary ON emp FOR EACH ROW EXECUTE FUNCTION bad_trg();
--= ok
UPDATE emp SET empname = 'z' WHERE empname = 'poor';
--= ok
UPDATE emp SET salary = 1 WHERE empname = 'z';
--= 42703 record "new" has no field "nosuch"
DROP TRIGGER a2 ON emp;
--= ok
CREATE FUNCTION old_in_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'old is null: %', OLD IS NULL; RETURN NEW; END $$;
--= ok
CREATE TRIGGER a3 BEFORE INSERT ON emp FOR EACH ROW EXECUTE FUNCTION old_in_insert();
--= ok
INSERT INTO emp VALUES ('q', 1);
--= ok
ALTER TABLE emp DISABLE TRIGGER a3;
--= ok
INSERT INTO emp VALUES ('q', 1);
--= ok
ALTER TABLE emp ENABLE TRIGGER ALL;
--= ok
CREATE FUNCTION norow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
--= ok
CREATE TRIGGER a4 BEFORE INSERT ON emp FOR EACH ROW EXECUTE FUNCTION norow();
--= ok
INSERT INTO emp VALUES ('q', 1);
--= 2F005 control reached end of trigger procedure without RETURN
DROP TRIGGER a4 ON emp;
--= ok
DO $$ BEGIN RAISE EXCEPTION '%', (SELECT string_agg(empname || salary, ' ' ORDER BY empname) FROM emp); END $$;
--= P0001 q1 q1 x11 x22 x33 z20
