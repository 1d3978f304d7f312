-- PL/pgSQL goes with its extension and comes back.
DROP EXTENSION plpgsql;
--= ok
DO $$ BEGIN NULL; END $$;
--= 42704 language "plpgsql" does not exist
CREATE PROCEDURAL LANGUAGE plpgsql;
--= ok
DO $$ BEGIN NULL; END $$;
--= ok
CREATE OR REPLACE LANGUAGE plpgsql;
--= ok
DROP SCHEMA public CASCADE;
--= ok
CREATE SCHEMA public;
--= ok
CREATE FUNCTION public.f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--= ok
DROP LANGUAGE plpgsql;
--= 2BP01 cannot drop language plpgsql because extension plpgsql requires it
DROP EXTENSION plpgsql;
--= 2BP01 cannot drop extension plpgsql because other objects depend on it
DROP EXTENSION plpgsql CASCADE;
--= ok
CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;
--= ok
CREATE FUNCTION public.f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--= ok
CREATE TABLE public.conf (a int);
--= ok
SELECT pg_catalog.pg_extension_config_dump('public.conf', '');
--= 0A000 pg_extension_config_dump() can only be called from an SQL script executed by CREATE EXTENSION
SELECT pg_extension_config_dump('public.conf', NULL);
--= ok
