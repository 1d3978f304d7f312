CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL, n numeric(10,2) DEFAULT 0);
--= ok
CREATE TYPE mood AS ENUM ('sad', 'ok');
--= ok
CREATE SCHEMA other;
--= ok
CREATE TABLE other.u (id int);
--= ok
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'extra') THEN ALTER TABLE t ADD COLUMN extra int; END IF; END $$;
--= ok
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'extra') THEN ALTER TABLE t ADD COLUMN extra int; END IF; END $$;
--= ok
DO $$ BEGIN IF EXISTS (SELECT FROM pg_type WHERE typname = 'mood') THEN RAISE EXCEPTION 'type is there'; END IF; END $$;
--= P0001 type is there
DO $$ BEGIN IF to_regclass('public.nosuch') IS NULL THEN RAISE EXCEPTION 'no table'; END IF; END $$;
--= P0001 no table
DO $$ BEGIN IF to_regclass('other.u') IS NOT NULL THEN DROP TABLE other.u; END IF; END $$;
--= ok
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 't_pkey' AND conrelid = 't'::regclass) THEN ALTER TABLE t DROP CONSTRAINT t_pkey; END IF; END $$;
--= ok
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 't_pkey') THEN RAISE EXCEPTION 'still there'; END IF; END $$;
--= ok
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_indexes WHERE tablename = 't' AND indexname = 't_name_idx') THEN CREATE INDEX t_name_idx ON t (name); END IF; END $$;
--= ok
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = 't_name_idx' AND n.nspname = 'public') THEN RAISE EXCEPTION 'no index'; END IF; END $$;
--= ok
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_enum e JOIN pg_type y ON y.oid = e.enumtypid WHERE y.typname = 'mood' AND e.enumlabel = 'happy') THEN ALTER TYPE mood ADD VALUE 'happy'; END IF; END $$;
--= ok
DO $$ BEGIN IF (SELECT data_type FROM information_schema.columns WHERE table_name = 't' AND column_name = 'name') = 'text' THEN ALTER TABLE t ALTER COLUMN name TYPE varchar(20); END IF; END $$;
--= ok
DO $$ BEGIN IF (SELECT character_maximum_length FROM information_schema.columns WHERE table_name = 't' AND column_name = 'name') <> 20 THEN RAISE EXCEPTION 'not 20'; END IF; END $$;
--= ok
DO $$ BEGIN IF (SELECT is_nullable FROM information_schema.columns WHERE table_name = 't' AND column_name = 'name') = 'NO' THEN ALTER TABLE t ALTER COLUMN name DROP NOT NULL; END IF; END $$;
--= ok
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_proc WHERE proname = 'nosuch') THEN DROP FUNCTION nosuch(); END IF; END $$;
--= ok
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'pgreckon_a') THEN RAISE EXCEPTION 'no role'; END IF; END $$;
--= P0001 no role
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'plpgsql') THEN RAISE EXCEPTION 'extension'; END IF; END $$;
--= P0001 extension
DO $$ BEGIN IF (SELECT count(*) FROM pg_trigger WHERE tgrelid = 't'::regclass AND NOT tgisinternal) > 0 THEN RAISE EXCEPTION 'triggers'; END IF; END $$;
--= ok
DO $$ BEGIN IF current_setting('server_version_num')::int >= 130000 THEN RAISE EXCEPTION 'new'; END IF; END $$;
--= P0001 new
DO $$ BEGIN IF has_table_privilege('postgres', 't', 'SELECT') THEN RAISE EXCEPTION 'may'; END IF; END $$;
--= P0001 may
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'n' AND NOT attisdropped) THEN ALTER TABLE t RENAME COLUMN n TO amount; END IF; END $$;
--= ok
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'other') THEN RAISE EXCEPTION 'tables'; ELSE DROP SCHEMA other; END IF; END $$;
--= ok
SELECT amount, extra FROM t;
--= ok
SELECT n FROM t;
--= 42703 @8 column "n" does not exist
