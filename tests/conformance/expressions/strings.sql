CREATE TABLE t (id int, name text, code char(3), tag varchar(5), raw bytea);
--= ok
SELECT name || id FROM t;
--= ok
SELECT name + code FROM t;
--= 42883 @13 operator does not exist: text + character
SELECT name || raw FROM t;
--= ok
SELECT id || raw FROM t;
--= 42883 @11 operator does not exist: integer || bytea
SELECT name LIKE 'a%' FROM t;
--= ok
SELECT id LIKE '1%' FROM t;
--= 42883 @11 operator does not exist: integer ~~ unknown
SELECT name ILIKE 1 FROM t;
--= 42883 @13 operator does not exist: text ~~* integer
SELECT name LIKE 'a' ESCAPE 'xx' FROM t;
--= 22025 invalid escape string
SELECT name SIMILAR TO 'a|b' FROM t;
--= ok
SELECT name ~ 'a.b' FROM t;
--= ok
SELECT id ~ 'a' FROM t;
--= 42883 @11 operator does not exist: integer ~ unknown
SELECT substring(name FROM 1 FOR 2), substring(name, 2) FROM t;
--= ok
SELECT substring(id FROM 1) FROM t;
--= 42883 @8 function pg_catalog.substring(integer, integer) does not exist
SELECT position('a' IN name), trim(BOTH ' ' FROM name) FROM t;
--= ok
SELECT trim(id) FROM t;
--= 42883 @8 function pg_catalog.btrim(integer) does not exist
SELECT upper(name), lower(id) FROM t;
--= 42883 @21 function lower(integer) does not exist
SELECT overlay(name PLACING 'x' FROM 2) FROM t;
--= ok
SELECT left(name, 'x') FROM t;
--= 22P02 @19 invalid input syntax for type integer: "x"
SELECT length(name), length(code), length(raw), octet_length(raw) FROM t;
--= ok
SELECT length(id) FROM t;
--= 42883 @8 function length(integer) does not exist
SELECT split_part(name, ',', 1), string_to_array(name, ',') FROM t;
--= ok
SELECT split_part(name, ',') FROM t;
--= 42883 @8 function split_part(text, unknown) does not exist
SELECT string_agg(name, ', ') FROM t;
--= ok
SELECT string_agg(name) FROM t;
--= 42883 @8 function string_agg(text) does not exist
SELECT string_agg(id, ',') FROM t;
--= 42883 @8 function string_agg(integer, unknown) does not exist
SELECT 'a'::char(2) || 'b', 'toolong'::varchar(3), 'x'::"char";
--= ok
SELECT E'\u00e9', U&'\00e9', 'a' 'b';
--= 42601 @34 syntax error at or near "'b'"
SELECT E'\u12';
--= 22025 @10 invalid Unicode escape
SELECT U&'\12';
--= 42601 @11 invalid Unicode escape
SELECT 'a'
  'b';
--= ok
