-- Whether a record is null: all of its fields, or none.
CREATE TABLE done (name text PRIMARY KEY, body text);
DO $$
DECLARE
    r record;
BEGIN
    SELECT * INTO r FROM done WHERE name = 'a';
    IF r IS NOT NULL THEN
        RAISE EXCEPTION 'there';
    END IF;
    IF r IS NULL THEN
        EXECUTE 'CREATE TABLE made (a integer)';
    END IF;
    INSERT INTO done VALUES ('a', 'made'), ('b', NULL);
END $$;
SELECT a FROM made;
DO $$
DECLARE
    r record;
BEGIN
    SELECT * INTO r FROM done WHERE name = 'a';
    IF r IS NOT NULL THEN
        RAISE NOTICE '% is there', r.name;
        RETURN;
    END IF;
    CREATE TABLE never (a integer);
END $$;
SELECT a FROM never;
DO $$
DECLARE
    r record;
BEGIN
    SELECT * INTO r FROM done WHERE name = 'b';
    IF r IS NULL OR r IS NOT NULL THEN
        CREATE TABLE never (a integer);
    END IF;
END $$;
SELECT a FROM never;
CREATE FUNCTION makes() RETURNS text LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE by_function (a integer); RETURN 'made'; END $$;
SELECT CASE WHEN EXISTS (SELECT FROM done WHERE name = 'a') THEN 'there' ELSE makes() END;
SELECT a FROM by_function;
SELECT CASE WHEN EXISTS (SELECT FROM done WHERE name = 'c') THEN 'there' ELSE makes() END;
SELECT a FROM by_function;
