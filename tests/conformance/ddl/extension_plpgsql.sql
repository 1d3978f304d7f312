-- PL/pgSQL goes with its extension and comes back.
DROP EXTENSION plpgsql;
DO $$ BEGIN NULL; END $$;
CREATE PROCEDURAL LANGUAGE plpgsql;
DO $$ BEGIN NULL; END $$;
CREATE OR REPLACE LANGUAGE plpgsql;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
CREATE FUNCTION public.f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
DROP LANGUAGE plpgsql;
DROP EXTENSION plpgsql;
DROP EXTENSION plpgsql CASCADE;
CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;
CREATE FUNCTION public.f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
CREATE TABLE public.conf (a int);
SELECT pg_catalog.pg_extension_config_dump('public.conf', '');
SELECT pg_extension_config_dump('public.conf', NULL);
