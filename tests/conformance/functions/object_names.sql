-- Functions that are given the names of objects.

CREATE TABLE named (a int, b serial);
SELECT has_table_privilege('nosuch', 'select');
SELECT has_table_privilege('pgreckon_nobody', 'named', 'select');
SELECT has_table_privilege('public', 'named', 'select');
SELECT has_column_privilege('named', 'nosuch', 'select');
SELECT has_column_privilege('named', 'a', 'select');
SELECT has_sequence_privilege('named', 'usage');
SELECT has_function_privilege('nosuch()', 'execute');
SELECT has_schema_privilege('nosuch', 'usage');
SELECT has_type_privilege('nosuch', 'usage');
SELECT pg_has_role('pgreckon_nobody', 'usage');
SELECT pg_get_serial_sequence('named', 'nosuch');
SELECT pg_get_serial_sequence('named', 'b');
SELECT to_regclass('a.b.c.d');
SELECT current_setting('nosuch');
SELECT array_position(ARRAY[[1, 2], [3, 4]], 3);
DROP TABLE named;
