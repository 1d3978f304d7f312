-- What Azure Database for PostgreSQL holds before the first migration.
CREATE ROLE azuresu LOGIN SUPERUSER CREATEDB CREATEROLE REPLICATION BYPASSRLS;
CREATE ROLE azure_superuser LOGIN SUPERUSER CREATEDB CREATEROLE REPLICATION BYPASSRLS;
CREATE ROLE azure_pg_admin NOLOGIN CREATEDB CREATEROLE;
CREATE ROLE replication NOLOGIN;
GRANT pg_monitor, pg_signal_backend TO azure_pg_admin WITH ADMIN OPTION;
GRANT azure_pg_admin TO postgres;
