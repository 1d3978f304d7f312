CREATE SCHEMA app;
--= ok
SET search_path TO app;
--= ok
CREATE TABLE t (id integer);
--= ok
SET search_path TO nowhere;
--= ok
CREATE TABLE u (id integer);
--= 3F000 @14 no schema has been selected to create in
SELECT * FROM t;
--= 42P01 @15 relation "t" does not exist
SELECT * FROM app.t;
--= ok
RESET search_path;
--= ok
SELECT * FROM t;
--= 42P01 @15 relation "t" does not exist
SET nothing = 1;
--= 42704 unrecognized configuration parameter "nothing"
SET work_mem = 'lots';
--= 22023 invalid value for parameter "work_mem": "lots"
SET statement_timeout = '5s';
--= ok
SET my.custom = 'x';
--= ok
SET default_transaction_isolation = 'sometimes';
--= 22023 invalid value for parameter "default_transaction_isolation": "sometimes"
SET check_function_bodies = maybe;
--= 22023 parameter "check_function_bodies" requires a Boolean value
SHOW nothing;
--= 42704 unrecognized configuration parameter "nothing"
SELECT set_config('search_path', 'app', false);
--= ok
SELECT * FROM t;
--= ok
SET LOCAL search_path TO public;
--= ok
SELECT * FROM t;
--= ok
SET ROLE nobody_at_all;
--= 22023 role "nobody_at_all" does not exist
SET TIME ZONE 'Mars/Olympus';
--= 22023 invalid value for parameter "TimeZone": "Mars/Olympus"
