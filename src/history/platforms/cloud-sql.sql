-- What Google Cloud SQL holds before the first migration.
CREATE ROLE cloudsqladmin LOGIN SUPERUSER CREATEDB CREATEROLE REPLICATION BYPASSRLS;
CREATE ROLE cloudsqlsuperuser NOLOGIN CREATEDB CREATEROLE;
CREATE ROLE cloudsqlagent LOGIN CREATEDB CREATEROLE;
CREATE ROLE cloudsqliamuser NOLOGIN;
CREATE ROLE cloudsqliamserviceaccount NOLOGIN;
CREATE ROLE cloudsqliamgroup NOLOGIN;
CREATE ROLE cloudsqliamgroupuser NOLOGIN;
CREATE ROLE cloudsqlimportexport LOGIN CREATEDB CREATEROLE;
CREATE ROLE cloudsqlreplica LOGIN REPLICATION;
CREATE ROLE cloudsqlinactiveuser NOLOGIN;
CREATE ROLE cloudsqlobservabilityrole NOLOGIN;
GRANT pg_monitor TO cloudsqlsuperuser;
GRANT cloudsqlsuperuser TO postgres;
