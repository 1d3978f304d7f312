-- What can be run twice and what cannot.
CREATE SCHEMA IF NOT EXISTS app;
CREATE TABLE IF NOT EXISTS app.t (id integer);
CREATE TABLE app.u (id integer);
--~^ NOTE run-once-only 42P07
ALTER TABLE app.t ADD COLUMN IF NOT EXISTS name text;
ALTER TABLE app.t ADD COLUMN other text;
--~^ NOTE run-once-only 42701
CREATE INDEX ON app.t (name);
--~^ NOTE run-once-only
DROP TABLE app.u;
--~^ NOTE run-once-only 42P01
DROP TABLE IF EXISTS app.u;
ALTER TABLE app.t ADD CHECK (id > 0);
--~^ NOTE run-once-only
