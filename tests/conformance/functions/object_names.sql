-- Functions that are given the names of objects.

CREATE TABLE named (a int, b serial);
--= ok
SELECT has_table_privilege('nosuch', 'select');
--= 42P01 relation "nosuch" does not exist
SELECT has_table_privilege('pgreckon_nobody', 'named', 'select');
--= 42704 role "pgreckon_nobody" does not exist
SELECT has_table_privilege('public', 'named', 'select');
--= ok
SELECT has_column_privilege('named', 'nosuch', 'select');
--= 42703 column "nosuch" of relation "named" does not exist
SELECT has_column_privilege('named', 'a', 'select');
--= ok
SELECT has_sequence_privilege('named', 'usage');
--= 42809 "named" is not a sequence
SELECT has_function_privilege('nosuch()', 'execute');
--= 42883 function "nosuch()" does not exist
SELECT has_schema_privilege('nosuch', 'usage');
--= 3F000 schema "nosuch" does not exist
SELECT has_type_privilege('nosuch', 'usage');
--= 42704 type "nosuch" does not exist
SELECT pg_has_role('pgreckon_nobody', 'usage');
--= 42704 role "pgreckon_nobody" does not exist
SELECT pg_get_serial_sequence('named', 'nosuch');
--= 42703 column "nosuch" of relation "named" does not exist
SELECT pg_get_serial_sequence('named', 'b');
--= ok
SELECT to_regclass('a.b.c.d');
--= 42601 improper relation name (too many dotted names): a.b.c.d
SELECT current_setting('nosuch');
--= 42704 unrecognized configuration parameter "nosuch"
SELECT array_position(ARRAY[[1, 2], [3, 4]], 3);
--= 0A000 searching for elements in multidimensional arrays is not supported
DROP TABLE named;
--= ok
