CREATE FUNCTION f1(a cstring) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--= 0A000 PL/pgSQL functions cannot accept type cstring
CREATE PROCEDURE p1() LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--= 42601 @59 RETURN cannot have a parameter in a procedure
CREATE FUNCTION f1() RETURNS record LANGUAGE plpgsql AS $$ BEGIN RETURN 1, 2; END $$;
--= ok
CREATE FUNCTION f1() RETURNS int LANGUAGE plpgsql AS $$ declare "A" int; begin A := 1; end $$;
--= 42723 function "f1" already exists with same argument types
CREATE FUNCTION f1() RETURNS int LANGUAGE plpgsql AS $$ declare r record; begin r.a.b := 1; r := 5 6; end $$;
--= 42723 function "f1" already exists with same argument types
CREATE FUNCTION f1() RETURNS int LANGUAGE plpgsql AS $$ begin perform 1 into x; end $$;
--= 42723 function "f1" already exists with same argument types
CREATE FUNCTION f1() RETURNS int LANGUAGE plpgsql AS $$ begin call p(1; end $$;
--= 42723 function "f1" already exists with same argument types
CREATE FUNCTION f1() RETURNS int LANGUAGE plpgsql AS $$ declare x int default; begin end $$;
--= 42723 function "f1" already exists with same argument types
CREATE FUNCTION f1() RETURNS int LANGUAGE plpgsql AS $$ declare x int := 1 y int; begin end $$;
--= 42723 function "f1" already exists with same argument types
CREATE FUNCTION f1() RETURNS int LANGUAGE plpgsql AS $$ begin while true null; end loop; end $$;
--= 42723 function "f1" already exists with same argument types
CREATE FUNCTION f1() RETURNS int LANGUAGE plpgsql AS $$ begin for i in 1..2..3 loop end loop; end $$;
--= 42723 function "f1" already exists with same argument types
CREATE FUNCTION f1() RETURNS int LANGUAGE plpgsql AS $$ begin for i in reverse 1 loop end loop; end $$;
--= 42723 function "f1" already exists with same argument types
CREATE FUNCTION f1() RETURNS int LANGUAGE plpgsql AS $$ begin for a, b in 1..3 loop end loop; end $$;
--= 42723 function "f1" already exists with same argument types
CREATE FUNCTION f1() RETURNS int LANGUAGE plpgsql AS $$ begin raise exception; raise sqlstate 'abc'; end $$;
--= 42723 function "f1" already exists with same argument types
CREATE FUNCTION f1() RETURNS int LANGUAGE plpgsql AS $$ begin raise exception sqlstate '22012' using message = 'x', message = 'y'; return 1; end $$;
--= 42723 function "f1" already exists with same argument types
SELECT f1();
--= [-13] 42601 query "SELECT 1, 2" returned 2 columns
--= [14-] 42601 query returned 2 columns
