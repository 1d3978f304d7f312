CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL, n numeric(10,2) DEFAULT 0);
--= ok
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no % on %', TG_OP, TG_TABLE_NAME; END $$;
--= ok
CREATE TRIGGER refuse_delete BEFORE DELETE ON t FOR EACH STATEMENT EXECUTE FUNCTION refuse();
--= ok
DELETE FROM t;
--= P0001 no DELETE on t
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON t FOR EACH STATEMENT EXECUTE FUNCTION refuse();
--= ok
TRUNCATE t;
--= P0001 no TRUNCATE on t
DROP TRIGGER refuse_delete ON t;
--= ok
DELETE FROM t;
--= ok
CREATE FUNCTION check_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.id < 0 THEN RAISE EXCEPTION 'negative %', NEW.id; END IF; RETURN NEW; END $$;
--= ok
CREATE TRIGGER check_row BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION check_row();
--= ok
INSERT INTO t (id, name) VALUES (-1, 'a');
--= P0001 negative -1
INSERT INTO t (id, name) VALUES (1, 'a');
--= ok
CREATE FUNCTION no_drop() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no %', tg_tag; END $$;
--= ok
CREATE EVENT TRIGGER no_drop ON ddl_command_start WHEN TAG IN ('DROP TABLE') EXECUTE FUNCTION no_drop();
--= ok
DROP TABLE t;
--= P0001 no DROP TABLE
CREATE TABLE u (a int);
--= ok
ALTER EVENT TRIGGER no_drop DISABLE;
--= ok
DROP TABLE u;
--= ok
ALTER EVENT TRIGGER no_drop ENABLE;
--= ok
DROP TABLE t;
--= P0001 no DROP TABLE
DROP EVENT TRIGGER no_drop;
--= ok
DROP TABLE t;
--= ok
CREATE FUNCTION note_end() RETURNS event_trigger LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM pg_event_trigger_ddl_commands() LOOP IF r.object_type = 'table' AND r.object_identity NOT LIKE 'public.%' THEN RAISE EXCEPTION 'not here: %', r.object_identity; END IF; END LOOP; END $$;
--= ok
CREATE EVENT TRIGGER note_end ON ddl_command_end EXECUTE FUNCTION note_end();
--= ok
CREATE SCHEMA x;
--= ok
CREATE TABLE x.y (a int);
--= P0001 not here: x.y
CREATE TABLE y (a int);
--= ok
DROP EVENT TRIGGER note_end;
--= ok
