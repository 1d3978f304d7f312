-- Event triggers and the commands they fire for.

CREATE FUNCTION et() RETURNS event_trigger LANGUAGE plpgsql AS 'begin end';
--= ok
CREATE EVENT TRIGGER e ON nosuch EXECUTE FUNCTION et();
--= 42601 unrecognized event name "nosuch"
CREATE EVENT TRIGGER e ON ddl_command_start WHEN tag IN ('sandwich') EXECUTE FUNCTION et();
--= 42601 filter value "sandwich" not recognized for filter variable "tag"
CREATE EVENT TRIGGER e ON ddl_command_start WHEN tag IN ('CREATE ROLE') EXECUTE FUNCTION et();
--= 0A000 event triggers are not supported for CREATE ROLE
CREATE EVENT TRIGGER e ON ddl_command_start WHEN tag IN ('DROP EVENT TRIGGER') EXECUTE FUNCTION et();
--= 0A000 event triggers are not supported for DROP EVENT TRIGGER
CREATE EVENT TRIGGER e ON table_rewrite WHEN tag IN ('CREATE TABLE') EXECUTE FUNCTION et();
--= 0A000 event triggers are not supported for CREATE TABLE
CREATE EVENT TRIGGER e ON sql_drop WHEN tag IN ('drop table', 'DROP VIEW') EXECUTE FUNCTION et();
--= ok
DROP FUNCTION et();
--= 2BP01 cannot drop function et() because other objects depend on it
SELECT et();
--= 0A000 trigger functions can only be called as triggers
DROP EVENT TRIGGER e;
--= ok
DROP FUNCTION et();
--= ok
