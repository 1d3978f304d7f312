-- What the grammar itself refuses, with a SQLSTATE of its own.

SELECT 1 LIMIT 1, 2;
--= 42601 @10 LIMIT #,# syntax is not supported
SET CATALOG 'x';
--= 0A000 @13 current database cannot be changed
CREATE RECURSIVE VIEW rv (a) AS SELECT 1 WITH CHECK OPTION;
--= 0A000 @42 WITH CHECK OPTION not supported on recursive views
CREATE AGGREGATE ag (OUT int) (sfunc = int4pl, stype = int4);
--= 0A000 @22 aggregates cannot have output arguments
CREATE TABLE x PARTITION OF y FOR VALUES WITH (modulus 1, modulus 2);
--= 42710 @59 modulus for hash partition provided more than once
CREATE ROLE "none";
--= 42939 @13 role name "none" is reserved
CREATE ROLE current_user;
--= 42939 @13 CURRENT_USER cannot be used as a role name here
CREATE ROLE u UNENCRYPTED PASSWORD 'x';
--= 0A000 @15 UNENCRYPTED PASSWORD is no longer supported
CREATE SCHEMA IF NOT EXISTS x CREATE TABLE y (a int);
--= 0A000 @31 CREATE SCHEMA IF NOT EXISTS cannot include schema elements
CREATE ASSERTION a CHECK (true);
--= [-17] 0A000 CREATE ASSERTION is not yet implemented
--= [18-] 0A000 @1 CREATE ASSERTION is not yet implemented
