CREATE TABLE acct (id int PRIMARY KEY, owner text, bal numeric(10,2) DEFAULT 0);
--= ok
DO $$ DECLARE v_schema text := 'tenant_' || 42; BEGIN EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', v_schema); EXECUTE format('CREATE TABLE %I.items (LIKE acct INCLUDING ALL)', v_schema); EXECUTE format('ALTER TABLE %I.items ADD CONSTRAINT %I CHECK (bal >= 0)', v_schema, v_schema || '_bal_ck'); PERFORM set_config('search_path', v_schema || ', public', true); CREATE INDEX ON items (owner); RAISE NOTICE '%', to_regclass('items'); END $$;
--= ok
SELECT count(*) FROM tenant_42.items;
--= ok
DO $$ DECLARE seq text; mx bigint; BEGIN seq := pg_get_serial_sequence('acct', 'id'); IF seq IS NULL THEN RAISE NOTICE 'no sequence'; CREATE SEQUENCE acct_id_seq OWNED BY acct.id; ALTER TABLE acct ALTER COLUMN id SET DEFAULT nextval('acct_id_seq'); SELECT COALESCE(MAX(id), 0) + 1 INTO mx FROM acct; PERFORM setval('acct_id_seq', mx, false); RAISE NOTICE 'next %', mx; END IF; RAISE NOTICE '%', pg_get_serial_sequence('acct', 'id'); END $$;
--= ok
INSERT INTO acct (owner) VALUES ('z') RETURNING id;
--= ok
DO $$ DECLARE cols text; BEGIN SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) INTO cols FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'acct'; EXECUTE format('CREATE VIEW acct_v AS SELECT %s FROM acct', cols); RAISE NOTICE '%', cols; END $$;
--= ok
SELECT id, owner, bal FROM acct_v;
--= ok
DO $$ DECLARE r record; BEGIN FOR r IN SELECT n.nspname, p.proname, pg_get_function_identity_arguments(p.oid) AS args FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' AND p.proname LIKE 'atomic%' ORDER BY 2 LOOP RAISE NOTICE '%.%(%)', r.nspname, r.proname, r.args; EXECUTE format('DROP ROUTINE %I.%I(%s)', r.nspname, r.proname, r.args); END LOOP; END $$;
--= ok
SELECT atomic_add(1, 2);
--= 42883 @8 function atomic_add(integer, integer) does not exist
DO $$ DECLARE r record; BEGIN FOR r IN (SELECT conname, conrelid::regclass AS tbl FROM pg_constraint WHERE contype = 'p' AND connamespace = 'public'::regnamespace ORDER BY 1) LOOP EXECUTE 'ALTER TABLE ' || r.tbl || ' RENAME CONSTRAINT ' || quote_ident(r.conname) || ' TO ' || quote_ident('pk_' || r.tbl); END LOOP; END $$;
--= ok
ALTER TABLE acct DROP CONSTRAINT pk_acct;
--= ok
DO $$ BEGIN ALTER TABLE acct ADD COLUMN note text; EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'column note already exists'; END $$;
--= ok
DO $$ BEGIN ALTER TABLE acct ADD COLUMN note text; EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'column note already exists'; END $$;
--= ok
DO $$ BEGIN IF (SELECT count(*) FROM information_schema.table_constraints WHERE table_name = 'acct' AND constraint_type = 'PRIMARY KEY') = 0 THEN ALTER TABLE acct ADD PRIMARY KEY (id); END IF; END $$;
--= ok
ALTER TABLE acct ADD PRIMARY KEY (id);
--= 42P16 multiple primary keys for table "acct" are not allowed
SELECT owner FROM acct_v;
--= ok
DO $$ DECLARE typ text; BEGIN SELECT format_type(atttypid, atttypmod) INTO typ FROM pg_attribute WHERE attrelid = 'acct'::regclass AND attname = 'bal'; IF typ = 'numeric(10,2)' THEN RAISE NOTICE 'still %', typ; ALTER TABLE acct_v ALTER COLUMN bal SET DEFAULT 1; END IF; END $$;
--= ok
DO $$ DECLARE lock_ok boolean; BEGIN SELECT pg_try_advisory_lock(42) INTO lock_ok; IF lock_ok THEN RAISE EXCEPTION 'locked'; PERFORM pg_advisory_unlock(42); END IF; END $$;
--= P0001 locked
DO $$ DECLARE v text := version(); BEGIN IF v LIKE 'PostgreSQL%' THEN RAISE NOTICE 'pg'; END IF; IF current_setting('server_version_num')::int < 90000 THEN RAISE EXCEPTION 'too old'; END IF; END $$;
--= ok
DO $$ BEGIN PERFORM pg_sleep(0); PERFORM pg_notify('ch', 'x'); LOCK TABLE acct IN ACCESS EXCLUSIVE MODE; TRUNCATE acct; ANALYZE acct; END $$;
--= ok
DO $$ BEGIN VACUUM acct; END $$;
--= 25001 VACUUM cannot be executed from a function
DO $$ BEGIN CREATE INDEX CONCURRENTLY ON acct (bal); END $$;
--= 25001 CREATE INDEX CONCURRENTLY cannot be executed from a function
DO $$ BEGIN CREATE DATABASE foo; END $$;
--= 25001 CREATE DATABASE cannot be executed from a function
DO $$ DECLARE a text[]; BEGIN SELECT array_agg(attname::text ORDER BY attnum) INTO a FROM pg_attribute WHERE attrelid = 'acct'::regclass AND attnum > 0 AND NOT attisdropped; RAISE NOTICE '% %', a, array_to_string(a, '|'); FOR i IN array_lower(a, 1)..array_upper(a, 1) LOOP RAISE NOTICE '% %', i, a[i]; END LOOP; IF 'note' = ANY(a) THEN ALTER TABLE acct DROP COLUMN note; END IF; END $$;
--= ok
SELECT note FROM acct;
--= 42703 @8 column "note" does not exist
DO LANGUAGE plpgsql $body$ BEGIN EXECUTE $q$ CREATE OR REPLACE FUNCTION gen() RETURNS text LANGUAGE sql AS $f$ SELECT 'x'::text $f$ $q$; END $body$;
--= ok
SELECT gen();
--= ok
