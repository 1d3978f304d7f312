CREATE TABLE t (id int, name text, at timestamptz);
--= ok
PREPARE q AS SELECT * FROM t WHERE id = $1 AND name = $2;
--= ok
PREPARE q AS SELECT 1;
--= 42P05 prepared statement "q" already exists
EXECUTE q (1, 'a');
--= ok
EXECUTE q (1);
--= 42601 wrong number of parameters for prepared statement "q"
EXECUTE q ('x', 'a');
--= 22P02 @12 invalid input syntax for type integer: "x"
EXECUTE q (now(), 'a');
--= 42804 @12 parameter $1 of type timestamp with time zone cannot be coerced to the expected type integer
EXECUTE missing (1);
--= 26000 prepared statement "missing" does not exist
PREPARE typed (int, text) AS SELECT $1 + 1, $2;
--= ok
EXECUTE typed ('1', 2);
--= ok
EXECUTE typed (true, 'a');
--= 42804 @16 parameter $1 of type boolean cannot be coerced to the expected type integer
PREPARE bad AS SELECT $1;
--= ok
PREPARE bad2 AS SELECT $1 + $2;
--= 42725 @27 operator is not unique: unknown + unknown
PREPARE bad3 (nothing) AS SELECT $1;
--= 42704 @15 type "nothing" does not exist
PREPARE bad4 AS SELECT * FROM missing WHERE id = $1;
--= 42P01 @31 relation "missing" does not exist
PREPARE bad5 AS SELECT * FROM t WHERE id = $1 AND name = $1;
--= 42883 @56 operator does not exist: text = integer
PREPARE ins AS INSERT INTO t VALUES ($1, $2, $3);
--= ok
EXECUTE ins (1, 'a', 'yesterday');
--= ok
PREPARE ddl AS CREATE TABLE x (a int);
--= 42601 @16 syntax error at or near "CREATE"
DEALLOCATE q;
--= ok
DEALLOCATE q;
--= 26000 prepared statement "q" does not exist
SELECT $1;
--= 42P02 @8 there is no parameter $1
DECLARE c CURSOR FOR SELECT * FROM t;
--= 25P01 DECLARE CURSOR can only be used in transaction blocks
BEGIN;
--= ok
DECLARE c CURSOR FOR SELECT * FROM t;
--= ok
DECLARE c CURSOR FOR SELECT * FROM t;
--= 42P03 cursor "c" already exists
ROLLBACK;
--= ok
