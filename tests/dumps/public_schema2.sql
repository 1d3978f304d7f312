-- The public schema with another owner, without a comment.
-- versions: 15-
CREATE ROLE pgreckon_c;
ALTER SCHEMA public OWNER TO pgreckon_c;
COMMENT ON SCHEMA public IS NULL;
GRANT ALL ON SCHEMA public TO PUBLIC;
CREATE TABLE t (a int);
