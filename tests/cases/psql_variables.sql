-- What \gset sets decides how the rest is read, and what \gexec is answered is run.
SELECT count(*) = 0 AS absent, 'account' AS name FROM pg_class WHERE relname = 'account' \gset table_
\if :table_absent
CREATE TABLE :table_name (id int);
--~^ NOTE run-once-only 42P07
\else
CREATE TABLE other (id int);
\endif
SELECT id FROM account;
SELECT id FROM other;
--~^ ERROR statement-fails 42P01
SELECT 'DROP TABLE ' || quote_ident(relname) FROM pg_class WHERE relname = 'account' \gexec
SELECT id FROM account;
--~^ ERROR statement-fails 42P01
SELECT 1 AS x FROM missing \gset
--~^ ERROR statement-fails 42P01
\if :{?x}
SELECT y FROM missing;
\endif
