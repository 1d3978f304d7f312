-- What Hasura keeps in the database that it serves.
CREATE EXTENSION IF NOT EXISTS pgcrypto;
CREATE SCHEMA hdb_catalog;
CREATE FUNCTION hdb_catalog.gen_hasura_uuid() RETURNS uuid LANGUAGE sql AS $$ select gen_random_uuid() $$;
CREATE TABLE hdb_catalog.hdb_version (hasura_uuid uuid NOT NULL DEFAULT hdb_catalog.gen_hasura_uuid() PRIMARY KEY,
    version text NOT NULL, upgraded_on timestamptz NOT NULL, cli_state jsonb NOT NULL DEFAULT '{}',
    console_state jsonb NOT NULL DEFAULT '{}', ee_client_id text, ee_client_secret text);
CREATE TABLE hdb_catalog.hdb_metadata (id integer NOT NULL PRIMARY KEY, metadata json NOT NULL,
    resource_version integer NOT NULL DEFAULT 1 UNIQUE);
CREATE TABLE hdb_catalog.event_log (id text NOT NULL DEFAULT hdb_catalog.gen_hasura_uuid() PRIMARY KEY,
    schema_name text NOT NULL, table_name text NOT NULL, trigger_name text NOT NULL, payload jsonb NOT NULL,
    delivered boolean NOT NULL DEFAULT false, error boolean NOT NULL DEFAULT false, tries integer NOT NULL DEFAULT 0,
    created_at timestamp DEFAULT now(), locked timestamptz, next_retry_at timestamp,
    archived boolean NOT NULL DEFAULT false);
CREATE TABLE hdb_catalog.event_invocation_logs (id text NOT NULL DEFAULT hdb_catalog.gen_hasura_uuid() PRIMARY KEY,
    trigger_name text, event_id text, status integer, request json, response json, created_at timestamp DEFAULT now());
CREATE FUNCTION hdb_catalog.insert_event_log(schema_name text, table_name text, trigger_name text, op text,
    row_data json) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
