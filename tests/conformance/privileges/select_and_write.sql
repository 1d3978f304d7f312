CREATE ROLE pgreckon_c;
--= ok
CREATE TABLE acct (id integer PRIMARY KEY, owner text, balance numeric);
--= ok
CREATE TABLE audit (at timestamptz DEFAULT now(), what text);
--= ok
SET ROLE pgreckon_c;
--= ok
SELECT * FROM acct;
--= 42501 permission denied for table acct
SELECT 1 FROM acct;
--= 42501 permission denied for table acct
INSERT INTO acct VALUES (1, 'x', 0);
--= 42501 permission denied for table acct
UPDATE acct SET balance = 0;
--= 42501 permission denied for table acct
DELETE FROM acct;
--= 42501 permission denied for table acct
TRUNCATE acct;
--= 42501 permission denied for table acct
LOCK TABLE acct IN SHARE MODE;
--= 25P01 LOCK TABLE can only be used in transaction blocks
ALTER TABLE acct ADD COLUMN x integer;
--= 42501 must be owner of table acct
DROP TABLE acct;
--= 42501 must be owner of table acct
CREATE INDEX ON acct (owner);
--= 42501 must be owner of table acct
COMMENT ON TABLE acct IS 'x';
--= 42501 must be owner of table acct
RESET ROLE;
--= ok
GRANT SELECT ON acct TO pgreckon_c;
--= ok
GRANT INSERT ON audit TO pgreckon_c;
--= ok
SET ROLE pgreckon_c;
--= ok
SELECT * FROM acct;
--= ok
SELECT * FROM acct FOR UPDATE;
--= 42501 permission denied for table acct
INSERT INTO audit (what) VALUES ('a');
--= ok
INSERT INTO audit (what) VALUES ('a') RETURNING what;
--= 42501 permission denied for table audit
INSERT INTO audit (what) SELECT owner FROM acct;
--= ok
DELETE FROM audit WHERE what = 'a';
--= 42501 permission denied for table audit
GRANT SELECT ON acct TO PUBLIC;
--= ok
EXPLAIN SELECT * FROM audit;
--= 42501 permission denied for table audit
EXPLAIN INSERT INTO audit VALUES (now(), 'x');
--= ok
CREATE TABLE copy AS SELECT * FROM audit;
--= 42501 permission denied for table audit
RESET ROLE;
--= ok
DROP TABLE acct, audit;
--= ok
DROP ROLE pgreckon_c;
--= ok
