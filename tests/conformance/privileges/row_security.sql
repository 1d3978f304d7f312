CREATE ROLE pgreckon_c;
--= ok
CREATE TABLE docs (id integer, owner name);
--= ok
GRANT ALL ON docs TO pgreckon_c;
--= ok
ALTER TABLE docs ENABLE ROW LEVEL SECURITY;
--= ok
SET ROLE pgreckon_c;
--= ok
SELECT * FROM docs;
--= ok
INSERT INTO docs VALUES (1, 'x');
--= 42501 new row violates row-level security policy for table "docs"
UPDATE docs SET id = 2;
--= ok
COPY docs FROM STDIN;
--= 0A000 COPY FROM not supported with row-level security
SET row_security = off;
SELECT * FROM docs;
DELETE FROM docs;
RESET row_security;
RESET ROLE;
CREATE POLICY own ON docs USING (owner = current_user);
CREATE POLICY own ON docs USING (true);
CREATE POLICY rec ON docs FOR SELECT USING (id IN (SELECT id FROM docs));
SET ROLE pgreckon_c;
SELECT * FROM docs;
UPDATE docs SET id = 3 WHERE id = 1;
ALTER TABLE docs DISABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON docs USING (true);
DROP POLICY own ON docs;
RESET ROLE;
DROP POLICY rec ON docs;
DROP POLICY rec ON docs;
ALTER POLICY own ON docs RENAME TO o2;
ALTER POLICY own ON docs TO pgreckon_c;
ALTER POLICY o2 ON docs TO pgreckon_c USING (missing = 1);
CREATE POLICY w ON docs FOR SELECT WITH CHECK (true);
CREATE POLICY w ON docs FOR INSERT USING (true);
CREATE POLICY w ON missing USING (true);
DROP TABLE docs;
DROP ROLE pgreckon_c;
