CREATE TABLE emp (empname text NOT NULL, salary integer);
--= ok
INSERT INTO emp VALUES ('joe', 100), ('ann', 200);
--= ok
CREATE VIEW emp_view AS SELECT e.empname, e.salary, 1 AS one FROM emp e;
--= ok
CREATE OR REPLACE FUNCTION update_emp_view() RETURNS TRIGGER AS $$ BEGIN IF (TG_OP = 'DELETE') THEN DELETE FROM emp WHERE empname = OLD.empname; IF NOT FOUND THEN RETURN NULL; END IF; RAISE NOTICE 'deleted %', OLD; RETURN OLD; ELSIF (TG_OP = 'UPDATE') THEN UPDATE emp SET salary = NEW.salary WHERE empname = OLD.empname; IF NOT FOUND THEN RETURN NULL; END IF; RAISE NOTICE 'updated % to %', OLD, NEW; RETURN NEW; ELSIF (TG_OP = 'INSERT') THEN INSERT INTO emp VALUES(NEW.empname, NEW.salary); RAISE NOTICE 'inserted %', NEW; RETURN NEW; END IF; END; $$ LANGUAGE plpgsql;
--= ok
CREATE TRIGGER emp_view_t INSTEAD OF INSERT OR UPDATE OR DELETE ON emp_view FOR EACH ROW EXECUTE FUNCTION update_emp_view();
--= ok
INSERT INTO emp_view VALUES ('bob', 300);
--= ok
DO $$ BEGIN RAISE EXCEPTION '%', (SELECT string_agg(empname || salary, ' ' ORDER BY empname) FROM emp); END $$;
--= P0001 ann200 bob300 joe100
UPDATE emp_view SET salary = 310 WHERE empname = 'bob';
--= ok
DO $$ BEGIN RAISE EXCEPTION '%', (SELECT string_agg(empname || salary, ' ' ORDER BY empname) FROM emp); END $$;
--= P0001 ann200 bob310 joe100
DELETE FROM emp_view WHERE empname = 'joe';
--= ok
DO $$ BEGIN RAISE EXCEPTION '%', (SELECT string_agg(empname || salary, ' ' ORDER BY empname) FROM emp); END $$;
--= P0001 ann200 bob310
DELETE FROM emp_view WHERE empname = 'nobody';
--= ok
DO $$ BEGIN RAISE EXCEPTION '%', (SELECT string_agg(empname || salary, ' ' ORDER BY empname) FROM emp); END $$;
--= P0001 ann200 bob310
DO $$ DECLARE r emp; BEGIN FOR r IN SELECT * FROM emp ORDER BY 1 LOOP RAISE NOTICE '% %', r.empname, r.salary; END LOOP; END $$;
--= ok
