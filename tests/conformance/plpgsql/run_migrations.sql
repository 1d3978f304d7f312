CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL, role text DEFAULT 'user', created_at timestamptz DEFAULT now(), meta jsonb DEFAULT '{}');
--= ok
CREATE TABLE orders (id bigserial PRIMARY KEY, user_id int REFERENCES users(id), total numeric(12,2), status varchar(20) NOT NULL DEFAULT 'new');
--= ok
CREATE TYPE order_status AS ENUM ('new','paid');
--= ok
DO $$ DECLARE r record; n int := 0; BEGIN FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename LOOP EXECUTE format('ALTER TABLE %I ADD COLUMN IF NOT EXISTS updated_at timestamptz DEFAULT now()', r.tablename); n := n + 1; RAISE NOTICE 'table %: %', n, r.tablename; END LOOP; END $$;
--= ok
DO $$ BEGIN CREATE TYPE order_status AS ENUM ('new','paid'); EXCEPTION WHEN duplicate_object THEN RAISE NOTICE 'type exists: %', SQLERRM; END $$;
--= ok
DO $$ DECLARE v text; BEGIN FOREACH v IN ARRAY ARRAY['shipped','cancelled','new'] LOOP IF NOT EXISTS (SELECT 1 FROM pg_enum WHERE enumtypid = 'order_status'::regtype AND enumlabel = v) THEN EXECUTE format('ALTER TYPE order_status ADD VALUE %L', v); RAISE NOTICE 'added %', v; ELSE RAISE NOTICE 'has %', v; END IF; END LOOP; END $$;
--= ok
DO $$ DECLARE tbl regclass; cnt bigint; BEGIN FOR tbl IN SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname LOOP EXECUTE 'SELECT count(*) FROM ' || tbl INTO cnt; RAISE NOTICE '% has % rows', tbl, cnt; END LOOP; END $$;
--= ok
DO $$ DECLARE c_name text; BEGIN SELECT conname INTO c_name FROM pg_constraint WHERE conrelid = 'orders'::regclass AND contype = 'f'; IF FOUND THEN RAISE NOTICE 'dropping %', c_name; EXECUTE 'ALTER TABLE orders DROP CONSTRAINT ' || quote_ident(c_name); END IF; ALTER TABLE orders ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE; END $$;
--= ok
CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated_at := now(); RETURN NEW; END $$;
--= ok
DO $$ DECLARE t text; BEGIN FOR t IN SELECT table_name FROM information_schema.columns WHERE column_name = 'updated_at' AND table_schema = current_schema() ORDER BY 1 LOOP EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION touch()', 'trg_' || t || '_touch', t); END LOOP; END; $$ LANGUAGE plpgsql;
--= ok
DROP TRIGGER trg_users_touch ON users;
--= ok
DROP TRIGGER trg_users_touch ON users;
--= 42704 trigger "trg_users_touch" for table "users" does not exist
DO $$ DECLARE tables text[] := ARRAY['users','orders']; t text; i int; BEGIN FOR i IN 1 .. array_length(tables, 1) LOOP t := tables[i]; EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t); EXECUTE format($f$CREATE POLICY %I ON %I FOR SELECT USING (true)$f$, t || '_select', t); RAISE NOTICE '%/%', i, array_length(tables, 1); END LOOP; END $$;
--= ok
DO $$ DECLARE start_date date := '2024-01-01'; d date; part text; BEGIN CREATE TABLE events (id bigint, at timestamptz NOT NULL, data jsonb) PARTITION BY RANGE (at); FOR i IN 0..3 LOOP d := start_date + (i || ' months')::interval; part := 'events_' || to_char(d, 'YYYY_MM'); RAISE NOTICE '% from % to %', part, d, (d + interval '1 month')::date; EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF events FOR VALUES FROM (%L) TO (%L)', part, d, d + interval '1 month'); END LOOP; END $$;
--= ok
INSERT INTO events VALUES (1, '2024-02-10', '{}');
--= ok
DO $$ DECLARE rec record; BEGIN FOR rec IN SELECT inhrelid::regclass::text AS child FROM pg_inherits WHERE inhparent = 'events'::regclass ORDER BY 1 LOOP RAISE NOTICE 'child %', rec.child; EXECUTE 'CREATE INDEX ON ' || rec.child || ' (id)'; END LOOP; GET DIAGNOSTICS rec = ROW_COUNT; END $$;
--= 42601 @268 "rec" is not a scalar variable
DO $$ DECLARE n int; ok boolean; BEGIN UPDATE users SET role = 'admin' WHERE false; GET DIAGNOSTICS n = ROW_COUNT; RAISE NOTICE 'updated % rows, found %', n, FOUND; INSERT INTO users (email) VALUES ('a@b.c'), ('d@e.f') RETURNING id INTO n; END $$;
--= P0003 query returned more than one row
DO $$ DECLARE n int; ok boolean; BEGIN INSERT INTO users (email) VALUES ('a@b.c'); GET DIAGNOSTICS n = ROW_COUNT; RAISE NOTICE 'inserted %', n; SELECT count(*) INTO n FROM users; RAISE NOTICE 'users: %', n; IF n = 1 THEN RAISE EXCEPTION 'one user' USING ERRCODE = 'P0001', HINT = 'add another', DETAIL = format('%s found', n); END IF; END $$;
--= P0001 one user
DO $$ <<outer>> DECLARE x int := 1; BEGIN DECLARE x int := 2; BEGIN RAISE NOTICE 'x=% outer.x=%', x, outer.x; END; <<l>> FOR a IN 1..3 LOOP FOR b IN REVERSE 3..1 LOOP CONTINUE l WHEN b = 2; EXIT l WHEN a = 2; RAISE NOTICE 'a=% b=%', a, b; END LOOP; END LOOP; END $$;
--= 42601 @107 syntax error at or near "."
DO $$ DECLARE cur CURSOR (k "char") FOR SELECT relname FROM pg_class WHERE relkind = k AND relnamespace = 'public'::regnamespace ORDER BY 1; nm name; BEGIN OPEN cur('S'); LOOP FETCH cur INTO nm; EXIT WHEN NOT FOUND; RAISE NOTICE 'seq %', nm; END LOOP; CLOSE cur; FOR r IN cur('p') LOOP RAISE NOTICE 'part %', r.relname; END LOOP; END $$;
--= ok
