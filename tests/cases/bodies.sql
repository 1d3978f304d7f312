-- What the bodies of functions need at the end, and what broke them.
CREATE TABLE users (id int PRIMARY KEY, name text, email varchar(50));
--~^ NOTE run-once-only 42P07
CREATE TABLE logs (id serial, msg text);
--~^ NOTE run-once-only 42P07
CREATE VIEW names AS SELECT name FROM users;
--~^ NOTE run-once-only 42P07
CREATE FUNCTION plus(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT a + b';
--~^ NOTE run-once-only 42723
CREATE FUNCTION greet(p_id int) RETURNS text LANGUAGE plpgsql AS $$
--~^ NOTE run-once-only 42723
DECLARE
  v text;
  r record;
  spare int;
--~^ NOTE unused-variable
BEGIN
  SELECT name INTO v FROM users WHERE id = p_id;
  FOR r IN SELECT id, email FROM users LOOP
--~^ WARNING function-body-fails 42703
    RAISE NOTICE '% %', r.id, r.email;
    PERFORM plus(r.id, 2);
  END LOOP;
  INSERT INTO logs(msg) VALUES (v);
--~^ WARNING function-body-fails 42P01
  RETURN v;
END $$;
CREATE FUNCTION rows_of() RETURNS TABLE (i int, n text) LANGUAGE plpgsql AS $$
--~^ NOTE run-once-only 42723
BEGIN
  RETURN QUERY SELECT id, name FROM users;
--~^ WARNING function-body-fails 42804
END $$;
CREATE FUNCTION emails() RETURNS SETOF text LANGUAGE sql AS $$ SELECT email::text FROM users $$;
--~^ NOTE run-once-only 42723
--~^ WARNING function-body-fails 42703
CREATE FUNCTION lower_email() RETURNS trigger LANGUAGE plpgsql AS $$
--~^ NOTE run-once-only 42723
BEGIN
  IF NEW.name IS DISTINCT FROM OLD.name THEN
    NEW.email := lower(NEW.name);
--~^ WARNING function-body-fails 42703
  END IF;
  IF TG_TABLE_NAME = 'orders' THEN
    NEW.no_such_column := 1;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER t BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION lower_email();
--~^ NOTE run-once-only 42710
CREATE FUNCTION scratch() RETURNS int LANGUAGE plpgsql AS $$
--~^ NOTE run-once-only 42723
BEGIN
  CREATE TEMP TABLE work (x int);
  INSERT INTO work VALUES (1);
  EXECUTE format('CREATE TABLE %I (y int)', 'made_' || 'here');
  RETURN (SELECT count(*) FROM work);
END $$;
CREATE FUNCTION elsewhere() RETURNS int LANGUAGE sql SET search_path = pg_catalog AS 'SELECT count(*)::int FROM pg_class';
--~^ NOTE run-once-only 42723
CREATE FUNCTION endless(n int) RETURNS int LANGUAGE plpgsql AS $$
--~^ NOTE run-once-only 42723
BEGIN
  LOOP
    n := n - 1;
    EXIT WHEN n < 0;
  END LOOP;
END $$;
--~^ WARNING missing-return
CREATE FUNCTION loop_return(n int) RETURNS int LANGUAGE plpgsql AS $$
--~^ NOTE run-once-only 42723
BEGIN
  LOOP
    IF n < 0 THEN
      RETURN n;
      n := 2;
--~^ NOTE unreachable-code
    END IF;
    n := n - 1;
  END LOOP;
END $$;
CREATE FUNCTION no_target() RETURNS void LANGUAGE plpgsql AS $$
--~^ NOTE run-once-only 42723
DECLARE
  n int := 'one';
--~^ NOTE unused-variable
--~^ WARNING function-body-fails 22P02
BEGIN
  SELECT count(*) FROM logs;
--~^ WARNING function-body-fails 42P01
END $$;
ALTER TABLE users RENAME COLUMN email TO mail;
--~^ NOTE run-once-only 42703
--~^ WARNING breaks-function
--~^ WARNING breaks-function
--~^ WARNING breaks-function
DROP FUNCTION plus(int, int);
--~^ NOTE run-once-only 42883
CREATE FUNCTION plus(a int, b boolean) RETURNS int LANGUAGE sql AS 'SELECT a';
--~^ NOTE run-once-only 42723
DROP VIEW names;
--~^ NOTE run-once-only 42P01
ALTER TABLE users ALTER COLUMN id TYPE bigint;
--~^ NOTE run-once-only
--~^ WARNING breaks-function
DROP TABLE logs;
--~^ NOTE run-once-only 42P01
--~^ WARNING breaks-function
