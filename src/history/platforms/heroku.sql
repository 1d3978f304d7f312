-- What Heroku Postgres holds before the first migration: extensions live in a schema of their own.
CREATE SCHEMA heroku_ext;
ALTER ROLE postgres SET search_path TO "$user", public, heroku_ext;
