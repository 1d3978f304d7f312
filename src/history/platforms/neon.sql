-- What Neon holds before the first migration.
CREATE ROLE cloud_admin LOGIN SUPERUSER CREATEDB CREATEROLE REPLICATION BYPASSRLS;
CREATE ROLE neon_superuser NOLOGIN CREATEDB CREATEROLE REPLICATION BYPASSRLS;
CREATE ROLE neon_service LOGIN;
CREATE ROLE neondb_owner LOGIN CREATEDB CREATEROLE REPLICATION BYPASSRLS;
GRANT pg_read_all_data, pg_write_all_data, pg_monitor TO neon_superuser;
GRANT neon_superuser TO neondb_owner;
