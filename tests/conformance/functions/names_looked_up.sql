-- Functions that look names up refuse what is not there.
CREATE TABLE t (id serial, b integer);
--= ok
CREATE SCHEMA s;
--= ok
SELECT setval(pg_get_serial_sequence('nope', 'id'), 1);
--= 42P01 relation "nope" does not exist
SELECT pg_get_serial_sequence('t', 'nope');
--= 42703 column "nope" of relation "t" does not exist
SELECT pg_get_serial_sequence('t', 'b');
--= ok
SELECT pg_get_serial_sequence('s.t', 'id');
--= 42P01 relation "s.t" does not exist
SELECT has_table_privilege('postgres', 'nope', 'select');
--= 42P01 relation "nope" does not exist
SELECT has_table_privilege('t', 'select, insert');
--= ok
SELECT has_table_privilege('pgreckon_nobody', 't', 'select');
--= 42704 role "pgreckon_nobody" does not exist
SELECT has_table_privilege('public', 't', 'select');
--= ok
SELECT has_any_column_privilege('nope', 'select');
--= 42P01 relation "nope" does not exist
SELECT has_column_privilege('t', 'zz', 'select');
--= 42703 column "zz" of relation "t" does not exist
SELECT has_column_privilege('t', 'ctid', 'select');
--= ok
SELECT has_sequence_privilege('t', 'usage');
--= 42809 "t" is not a sequence
SELECT has_sequence_privilege('t_id_seq', 'usage');
--= ok
SELECT has_schema_privilege('nope', 'usage');
--= 3F000 schema "nope" does not exist
SELECT has_function_privilege('nope()', 'execute');
--= 42883 function "nope()" does not exist
SELECT has_type_privilege('nope', 'usage');
--= 42704 type "nope" does not exist
SELECT has_language_privilege('nope', 'usage');
--= 42704 language "nope" does not exist
SELECT has_table_privilege(relname, 'select') FROM pg_class WHERE false;
--= ok
SELECT CASE WHEN false THEN has_table_privilege('nope', 'select') END;
--= ok
