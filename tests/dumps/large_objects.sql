-- Large objects are data: a schema's dump has none of them; their default privileges are of the schema.
CREATE ROLE pgreckon_c;
SELECT lo_create(40001);
CREATE TABLE t (a oid);
--[18-]
ALTER DEFAULT PRIVILEGES GRANT SELECT ON LARGE OBJECTS TO pgreckon_c;
ALTER DEFAULT PRIVILEGES FOR ROLE pgreckon_c GRANT SELECT, UPDATE ON LARGE OBJECTS TO PUBLIC;
--[]
