-- The public schema's privileges, where these are not the initial ones.
-- versions: 15-
CREATE ROLE pgreckon_c;
CREATE ROLE pgreckon_d;
GRANT CREATE ON SCHEMA public TO pgreckon_c;
REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO pgreckon_d WITH GRANT OPTION;
CREATE TABLE t (a int);
