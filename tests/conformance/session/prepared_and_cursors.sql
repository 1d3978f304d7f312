CREATE TABLE t (id integer, name text);
--= ok
PREPARE q (integer) AS SELECT * FROM t WHERE id = $1;
--= ok
PREPARE q AS SELECT 1;
--= 42P05 prepared statement "q" already exists
EXECUTE q (1);
--= ok
EXECUTE q;
--= 42601 wrong number of parameters for prepared statement "q"
EXECUTE q ('x');
--= 22P02 @12 invalid input syntax for type integer: "x"
EXECUTE q (now());
--= 42804 @12 parameter $1 of type timestamp with time zone cannot be coerced to the expected type integer
EXECUTE missing;
--= 26000 prepared statement "missing" does not exist
DEALLOCATE missing;
--= 26000 prepared statement "missing" does not exist
BEGIN;
--= ok
PREPARE inner_one AS SELECT 1;
--= ok
ROLLBACK;
--= ok
EXECUTE inner_one;
--= ok
DEALLOCATE inner_one;
--= ok
DECLARE c CURSOR FOR SELECT * FROM t;
--= 25P01 DECLARE CURSOR can only be used in transaction blocks
BEGIN;
--= ok
DECLARE c CURSOR FOR SELECT * FROM t;
--= ok
FETCH 1 FROM c;
--= ok
COMMIT;
--= ok
FETCH 1 FROM c;
--= 34000 cursor "c" does not exist
DECLARE h CURSOR WITH HOLD FOR SELECT * FROM t;
--= ok
FETCH 1 FROM h;
--= ok
CLOSE h;
--= ok
CLOSE h;
--= 34000 cursor "h" does not exist
BEGIN;
--= ok
DECLARE k CURSOR WITH HOLD FOR SELECT 1;
--= ok
ROLLBACK;
--= ok
FETCH k;
--= 34000 cursor "k" does not exist
DEALLOCATE ALL;
--= ok
EXECUTE q (1);
--= 26000 prepared statement "q" does not exist
DECLARE x CURSOR FOR INSERT INTO t VALUES (1, 'a');
--= 42601 @22 syntax error at or near "INSERT"
DISCARD ALL;
--= ok
DROP TABLE t;
--= ok
