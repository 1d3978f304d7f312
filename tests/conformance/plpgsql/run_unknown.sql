-- What a function whose course is not known wrote, a guard after it does not take for missing.
CREATE TABLE patches (name text);
CREATE FUNCTION register(text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TABLE %I (a int)', 'log_' || left(md5(random()::text), 4));
  INSERT INTO patches VALUES ($1);
END $$;
CREATE FUNCTION demand(text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM patches WHERE name = $1;
  IF NOT FOUND THEN RAISE EXCEPTION 'patch % is missing', $1; END IF;
END $$;
SELECT demand('one');
SELECT register('one');
SELECT demand('one');
