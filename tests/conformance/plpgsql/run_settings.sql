-- Guards over pg_settings, and functions for any type.
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_settings WHERE name = 'server_version_num' AND setting::int >= 150000) THEN
    EXECUTE 'CREATE TABLE since_15 (a int)';
  ELSE
    EXECUTE 'CREATE TABLE before_15 (a int)';
  END IF;
END $$;
TABLE since_15;
DO $$
DECLARE v int;
BEGIN
  SELECT setting FROM pg_settings WHERE name = 'server_version_num' INTO v;
  IF v < 90000 THEN RAISE EXCEPTION 'too old'; END IF;
END $$;
SET my.flag = 'on';
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_settings WHERE name = 'my.flag' AND setting = 'on') THEN RAISE EXCEPTION 'lost'; END IF;
END $$;
DO $$ BEGIN IF EXISTS (SELECT FROM pg_settings WHERE name IN ('role', 'seed')) THEN RAISE EXCEPTION 'shown'; END IF; END $$;
CREATE FUNCTION same(anyelement, anyelement) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF $1 IS DISTINCT FROM $2 THEN RAISE EXCEPTION '% is not %', $1, $2; END IF;
  RETURN $1 = $2;
END $$;
SELECT same(1, 2);
SELECT same('a'::text, 'a');
SELECT same(ARRAY[1], ARRAY[1, 2]);
SELECT same(point(1, 2), point(1, 2));
