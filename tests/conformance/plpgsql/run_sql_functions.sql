-- SQL functions inside of expressions, and functions in FROM.
CREATE TABLE conf (key text PRIMARY KEY, value text);
--= ok
CREATE FUNCTION conf_get(text) RETURNS conf LANGUAGE sql AS 'SELECT * FROM conf WHERE key = $1';
--= ok
CREATE FUNCTION prefix() RETURNS text LANGUAGE sql AS $$ SELECT coalesce((conf_get('prefix')).value, 'none_') $$;
--= ok
CREATE FUNCTION named(what text) RETURNS text LANGUAGE sql AS $$ SELECT prefix() || what $$;
--= ok
CREATE FUNCTION make(what text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF to_regclass(named(what)) IS NOT NULL THEN
    RAISE EXCEPTION '% is there', named(what);
  END IF;
  EXECUTE 'CREATE TABLE ' || quote_ident(named(what)) || ' (a int)';
  RETURN true;
END $$;
--= ok
SELECT make('one');
--= ok
SELECT * FROM make('one');
--= P0001 none_one is there
INSERT INTO conf VALUES ('prefix', 'some_');
--= ok
SELECT * FROM make('one');
--= ok
TABLE none_one;
--= ok
TABLE some_one;
--= ok
SELECT * FROM make('one') AS m;
--= P0001 some_one is there
DO $$ BEGIN IF named('x') <> 'some_x' THEN RAISE EXCEPTION 'lost'; END IF; END $$;
--= ok
