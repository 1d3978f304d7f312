-- SQL functions inside of expressions, and functions in FROM.
CREATE TABLE conf (key text PRIMARY KEY, value text);
CREATE FUNCTION conf_get(text) RETURNS conf LANGUAGE sql AS 'SELECT * FROM conf WHERE key = $1';
CREATE FUNCTION prefix() RETURNS text LANGUAGE sql AS $$ SELECT coalesce((conf_get('prefix')).value, 'none_') $$;
CREATE FUNCTION named(what text) RETURNS text LANGUAGE sql AS $$ SELECT prefix() || what $$;
CREATE FUNCTION make(what text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF to_regclass(named(what)) IS NOT NULL THEN
    RAISE EXCEPTION '% is there', named(what);
  END IF;
  EXECUTE 'CREATE TABLE ' || quote_ident(named(what)) || ' (a int)';
  RETURN true;
END $$;
SELECT make('one');
SELECT * FROM make('one');
INSERT INTO conf VALUES ('prefix', 'some_');
SELECT * FROM make('one');
TABLE none_one;
TABLE some_one;
SELECT * FROM make('one') AS m;
DO $$ BEGIN IF named('x') <> 'some_x' THEN RAISE EXCEPTION 'lost'; END IF; END $$;
