CREATE TABLE emp (empname text NOT NULL, salary integer);
--= ok
CREATE TABLE emp_audit (operation char(1) NOT NULL, stamp timestamp NOT NULL, userid text NOT NULL, empname text NOT NULL, salary integer);
--= ok
CREATE OR REPLACE FUNCTION process_emp_audit() RETURNS TRIGGER AS $emp_audit$ BEGIN IF (TG_OP = 'DELETE') THEN INSERT INTO emp_audit SELECT 'D', now(), current_user, OLD.*; ELSIF (TG_OP = 'UPDATE') THEN INSERT INTO emp_audit SELECT 'U', now(), current_user, NEW.*; ELSIF (TG_OP = 'INSERT') THEN INSERT INTO emp_audit SELECT 'I', now(), current_user, NEW.*; END IF; RETURN NULL; END; $emp_audit$ LANGUAGE plpgsql;
--= ok
CREATE TRIGGER emp_audit AFTER INSERT OR UPDATE OR DELETE ON emp FOR EACH ROW EXECUTE FUNCTION process_emp_audit();
--= ok
INSERT INTO emp VALUES ('joe', 100), ('ann', 200);
--= ok
UPDATE emp SET salary = 150 WHERE empname = 'joe';
--= ok
DELETE FROM emp WHERE empname = 'ann';
--= ok
DO $$ DECLARE r record; BEGIN FOR r IN SELECT operation, empname, salary FROM emp_audit ORDER BY 1, 2 LOOP RAISE NOTICE '%', r; END LOOP; END $$;
--= ok
DO $$ BEGIN RAISE EXCEPTION '%', (SELECT string_agg(operation || empname || salary, ' ' ORDER BY operation, empname) FROM emp_audit); END $$;
--= P0001 Dann200 Iann200 Ijoe100 Ujoe150
DO $$ BEGIN RAISE EXCEPTION '%', (SELECT string_agg(empname || salary, ' ' ORDER BY empname) FROM emp); END $$;
--= P0001 joe150
CREATE TABLE self (id int PRIMARY KEY, n int);
--= ok
CREATE FUNCTION rec_trg() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF pg_trigger_depth() < 3 THEN RAISE NOTICE 'depth %', pg_trigger_depth(); INSERT INTO self VALUES (NEW.id + 1, 0); END IF; RETURN NEW; END $$;
--= ok
CREATE TRIGGER rec AFTER INSERT ON self FOR EACH ROW EXECUTE FUNCTION rec_trg();
--= ok
INSERT INTO self VALUES (1, 1);
--= ok
DO $$ DECLARE c int; BEGIN SELECT count(*) INTO c FROM self; RAISE EXCEPTION '%', c; END $$;
--= P0001 3
DO $$ BEGIN RAISE EXCEPTION '%', (SELECT count(*) FROM self); END $$;
--= P0001 3
