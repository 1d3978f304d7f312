-- Guards over pg_settings, and functions for any type.
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_settings WHERE name = 'server_version_num' AND setting::int >= 150000) THEN
    EXECUTE 'CREATE TABLE since_15 (a int)';
  ELSE
    EXECUTE 'CREATE TABLE before_15 (a int)';
  END IF;
END $$;
--= ok
TABLE since_15;
--= [-14] 42P01 @7 relation "since_15" does not exist
--= [15-] ok
DO $$
DECLARE v int;
BEGIN
  SELECT setting FROM pg_settings WHERE name = 'server_version_num' INTO v;
  IF v < 90000 THEN RAISE EXCEPTION 'too old'; END IF;
END $$;
--= ok
SET my.flag = 'on';
--= ok
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_settings WHERE name = 'my.flag' AND setting = 'on') THEN RAISE EXCEPTION 'lost'; END IF;
END $$;
--= P0001 lost
DO $$ BEGIN IF EXISTS (SELECT FROM pg_settings WHERE name IN ('role', 'seed')) THEN RAISE EXCEPTION 'shown'; END IF; END $$;
--= ok
CREATE FUNCTION same(anyelement, anyelement) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF $1 IS DISTINCT FROM $2 THEN RAISE EXCEPTION '% is not %', $1, $2; END IF;
  RETURN $1 = $2;
END $$;
--= ok
SELECT same(1, 2);
--= P0001 1 is not 2
SELECT same('a'::text, 'a');
--= ok
SELECT same(ARRAY[1], ARRAY[1, 2]);
--= P0001 {1} is not {1,2}
SELECT same(point(1, 2), point(1, 2));
--= 42883 operator does not exist: point = point
