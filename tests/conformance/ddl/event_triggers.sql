-- Event triggers and the commands they fire for.

CREATE FUNCTION et() RETURNS event_trigger LANGUAGE plpgsql AS 'begin end';
CREATE EVENT TRIGGER e ON nosuch EXECUTE FUNCTION et();
CREATE EVENT TRIGGER e ON ddl_command_start WHEN tag IN ('sandwich') EXECUTE FUNCTION et();
CREATE EVENT TRIGGER e ON ddl_command_start WHEN tag IN ('CREATE ROLE') EXECUTE FUNCTION et();
CREATE EVENT TRIGGER e ON ddl_command_start WHEN tag IN ('DROP EVENT TRIGGER') EXECUTE FUNCTION et();
CREATE EVENT TRIGGER e ON table_rewrite WHEN tag IN ('CREATE TABLE') EXECUTE FUNCTION et();
CREATE EVENT TRIGGER e ON sql_drop WHEN tag IN ('drop table', 'DROP VIEW') EXECUTE FUNCTION et();
DROP FUNCTION et();
SELECT et();
DROP EVENT TRIGGER e;
DROP FUNCTION et();
