-- Functions, procedures, aggregates, window functions.
CREATE ROLE pgreckon_c;
CREATE FUNCTION f1() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f2(a int, b text DEFAULT 'x', OUT c int, INOUT d numeric DEFAULT 1.5) LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER LEAKPROOF PARALLEL SAFE COST 5 AS $$BEGIN c := 1; END$$;
CREATE FUNCTION f3(VARIADIC x int[]) RETURNS SETOF int LANGUAGE sql IMMUTABLE ROWS 10 PARALLEL RESTRICTED AS $_$SELECT unnest($1)$_$;
CREATE FUNCTION f4() RETURNS TABLE(a int, b text) LANGUAGE plpgsql SET search_path = pg_catalog, "Odd" SET work_mem TO '1MB' SET timezone = 'UTC' AS $$BEGIN RETURN; END$$;
CREATE FUNCTION f5(int, text) RETURNS void LANGUAGE plpgsql AS $body$
DECLARE
  x text := $$quoted$$;
BEGIN
  PERFORM 1; -- $_$ here
END
$body$;
CREATE FUNCTION f6() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION f7(anyelement, anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION f8(a int DEFAULT 1 + 2, b date DEFAULT now(), c text DEFAULT NULL, d int[] DEFAULT '{1,2}', e jsonb DEFAULT '{}'::jsonb) RETURNS text LANGUAGE sql AS 'SELECT ''x''';
CREATE FUNCTION "Odd Function"("Odd Arg" int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE f1_row (a int, b int);
CREATE FUNCTION f9(a f1_row) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION c1(internal) RETURNS internal LANGUAGE internal STRICT AS 'int4_accum';
CREATE PROCEDURE p1(a int, INOUT b text) LANGUAGE plpgsql AS $$BEGIN NULL; END$$;
CREATE PROCEDURE p2() LANGUAGE sql SECURITY DEFINER SET search_path TO '' AS 'SELECT 1';
CREATE FUNCTION w1(int) RETURNS int LANGUAGE internal WINDOW IMMUTABLE STRICT AS 'window_ntile';
CREATE FUNCTION add(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE AGGREGATE total(int) (SFUNC = add, STYPE = int, INITCOND = '0');
CREATE AGGREGATE total2(a int) (SFUNC = int4pl, STYPE = int4, COMBINEFUNC = int4pl, PARALLEL = safe, SORTOP = >);
CREATE AGGREGATE counted(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0');
CREATE AGGREGATE ordered(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_WRITE);
CREATE AGGREGATE hypo(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
CREATE AGGREGATE moving(int) (SFUNC = int4pl, STYPE = int4, SSPACE = 8, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = int4, MSSPACE = 16, MINITCOND = '0');
COMMENT ON FUNCTION f1() IS 'one';
COMMENT ON PROCEDURE p1 IS 'procedure';
COMMENT ON AGGREGATE total(int) IS 'aggregate';
GRANT EXECUTE ON FUNCTION f1() TO pgreckon_c;
REVOKE ALL ON FUNCTION f2(int, text, numeric) FROM PUBLIC;
GRANT EXECUTE ON PROCEDURE p1 TO pgreckon_c WITH GRANT OPTION;
GRANT EXECUTE ON FUNCTION total(int) TO pgreckon_c;
REVOKE EXECUTE ON FUNCTION f3 FROM PUBLIC;
ALTER FUNCTION f3 OWNER TO pgreckon_c;
ALTER AGGREGATE total2(int) OWNER TO pgreckon_c;
ALTER PROCEDURE p2 OWNER TO pgreckon_c;
CREATE FUNCTION f10(x numeric(10,2), y varchar(5), z int[], w "char") RETURNS SETOF record LANGUAGE plpgsql COST 1000000 ROWS 1 AS 'BEGIN END';
CREATE FUNCTION f11() RETURNS SETOF pg_class LANGUAGE sql STABLE AS 'SELECT * FROM pg_class';
--[14-]
CREATE FUNCTION b1(a int, b int) RETURNS int LANGUAGE sql RETURN a + b;
CREATE FUNCTION b2(a int) RETURNS SETOF text LANGUAGE sql BEGIN ATOMIC SELECT relname::text FROM pg_class WHERE oid = a; SELECT 'x' || a; END;
CREATE PROCEDURE b3(a int, OUT b int) LANGUAGE sql BEGIN ATOMIC INSERT INTO f1_row VALUES (a, 2); SELECT 1; END;
CREATE FUNCTION b4() RETURNS void LANGUAGE sql BEGIN ATOMIC END;
--[]
