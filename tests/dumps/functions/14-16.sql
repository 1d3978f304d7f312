--
-- PostgreSQL database dump
--

\restrict pgreckon

-- Dumped from database version
-- Dumped by pg_dump version

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: Odd Function(integer); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public."Odd Function"("Odd Arg" integer) RETURNS integer
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION public."Odd Function"("Odd Arg" integer) OWNER TO postgres;

--
-- Name: add(integer, integer); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.add(integer, integer) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT $1 + $2$_$;


ALTER FUNCTION public.add(integer, integer) OWNER TO postgres;

--
-- Name: b1(integer, integer); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.b1(a integer, b integer) RETURNS integer
    LANGUAGE sql
    RETURN (a + b);


ALTER FUNCTION public.b1(a integer, b integer) OWNER TO postgres;

--
-- Name: b2(integer); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.b2(a integer) RETURNS SETOF text
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT (pg_class.relname)::text AS relname
    FROM pg_class
   WHERE (pg_class.oid = (b2.a)::oid);
 SELECT ('x'::text || a);
END;


ALTER FUNCTION public.b2(a integer) OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: f1_row; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.f1_row (
    a integer,
    b integer
);


ALTER TABLE public.f1_row OWNER TO postgres;

--
-- Name: b3(integer); Type: PROCEDURE; Schema: public; Owner: postgres
--

CREATE PROCEDURE public.b3(IN a integer, OUT b integer)
    LANGUAGE sql
    BEGIN ATOMIC
 INSERT INTO public.f1_row (a, b)
   VALUES (b3.a, 2);
 SELECT 1;
END;


ALTER PROCEDURE public.b3(IN a integer, OUT b integer) OWNER TO postgres;

--
-- Name: b4(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.b4() RETURNS void
    LANGUAGE sql
    BEGIN ATOMIC
END;


ALTER FUNCTION public.b4() OWNER TO postgres;

--
-- Name: c1(internal); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.c1(internal) RETURNS internal
    LANGUAGE internal STRICT
    AS $$int4_accum$$;


ALTER FUNCTION public.c1(internal) OWNER TO postgres;

--
-- Name: f1(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.f1() RETURNS integer
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION public.f1() OWNER TO postgres;

--
-- Name: FUNCTION f1(); Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON FUNCTION public.f1() IS 'one';


--
-- Name: f10(numeric, character varying, integer[], "char"); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.f10(x numeric, y character varying, z integer[], w "char") RETURNS SETOF record
    LANGUAGE plpgsql COST 1e+06 ROWS 1
    AS $$BEGIN END$$;


ALTER FUNCTION public.f10(x numeric, y character varying, z integer[], w "char") OWNER TO postgres;

--
-- Name: f11(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.f11() RETURNS SETOF pg_class
    LANGUAGE sql STABLE
    AS $$SELECT * FROM pg_class$$;


ALTER FUNCTION public.f11() OWNER TO postgres;

--
-- Name: f2(integer, text, numeric); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.f2(a integer, b text DEFAULT 'x'::text, OUT c integer, INOUT d numeric DEFAULT 1.5) RETURNS record
    LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER LEAKPROOF COST 5 PARALLEL SAFE
    AS $$BEGIN c := 1; END$$;


ALTER FUNCTION public.f2(a integer, b text, OUT c integer, INOUT d numeric) OWNER TO postgres;

--
-- Name: f3(integer[]); Type: FUNCTION; Schema: public; Owner: pgreckon_c
--

CREATE FUNCTION public.f3(VARIADIC x integer[]) RETURNS SETOF integer
    LANGUAGE sql IMMUTABLE ROWS 10 PARALLEL RESTRICTED
    AS $_$SELECT unnest($1)$_$;


ALTER FUNCTION public.f3(VARIADIC x integer[]) OWNER TO pgreckon_c;

--
-- Name: f4(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.f4() RETURNS TABLE(a integer, b text)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'Odd'
    SET work_mem TO '1MB'
    SET "TimeZone" TO 'UTC'
    AS $$BEGIN RETURN; END$$;


ALTER FUNCTION public.f4() OWNER TO postgres;

--
-- Name: f5(integer, text); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.f5(integer, text) RETURNS void
    LANGUAGE plpgsql
    AS $_X$
DECLARE
  x text := $$quoted$$;
BEGIN
  PERFORM 1; -- $_$ here
END
$_X$;


ALTER FUNCTION public.f5(integer, text) OWNER TO postgres;

--
-- Name: f6(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.f6() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RETURN NEW; END $$;


ALTER FUNCTION public.f6() OWNER TO postgres;

--
-- Name: f7(anyelement, anyarray); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.f7(anyelement, anyarray) RETURNS anyelement
    LANGUAGE sql
    AS $_$SELECT $1$_$;


ALTER FUNCTION public.f7(anyelement, anyarray) OWNER TO postgres;

--
-- Name: f8(integer, date, text, integer[], jsonb); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.f8(a integer DEFAULT (1 + 2), b date DEFAULT now(), c text DEFAULT NULL::text, d integer[] DEFAULT '{1,2}'::integer[], e jsonb DEFAULT '{}'::jsonb) RETURNS text
    LANGUAGE sql
    AS $$SELECT 'x'$$;


ALTER FUNCTION public.f8(a integer, b date, c text, d integer[], e jsonb) OWNER TO postgres;

--
-- Name: f9(public.f1_row); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.f9(a public.f1_row) RETURNS integer
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION public.f9(a public.f1_row) OWNER TO postgres;

--
-- Name: p1(integer, text); Type: PROCEDURE; Schema: public; Owner: postgres
--

CREATE PROCEDURE public.p1(IN a integer, INOUT b text)
    LANGUAGE plpgsql
    AS $$BEGIN NULL; END$$;


ALTER PROCEDURE public.p1(IN a integer, INOUT b text) OWNER TO postgres;

--
-- Name: PROCEDURE p1(IN a integer, INOUT b text); Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON PROCEDURE public.p1(IN a integer, INOUT b text) IS 'procedure';


--
-- Name: p2(); Type: PROCEDURE; Schema: public; Owner: pgreckon_c
--

CREATE PROCEDURE public.p2()
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$SELECT 1$$;


ALTER PROCEDURE public.p2() OWNER TO pgreckon_c;

--
-- Name: w1(integer); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.w1(integer) RETURNS integer
    LANGUAGE internal WINDOW IMMUTABLE STRICT
    AS $$window_ntile$$;


ALTER FUNCTION public.w1(integer) OWNER TO postgres;

--
-- Name: counted(*); Type: AGGREGATE; Schema: public; Owner: postgres
--

CREATE AGGREGATE public.counted(*) (
    SFUNC = int8inc,
    STYPE = bigint,
    INITCOND = '0'
);


ALTER AGGREGATE public.counted(*) OWNER TO postgres;

--
-- Name: hypo("any"); Type: AGGREGATE; Schema: public; Owner: postgres
--

CREATE AGGREGATE public.hypo(VARIADIC "any" ORDER BY VARIADIC "any") (
    SFUNC = ordered_set_transition_multi,
    STYPE = internal,
    FINALFUNC = rank_final,
    FINALFUNC_EXTRA,
    HYPOTHETICAL
);


ALTER AGGREGATE public.hypo(VARIADIC "any" ORDER BY VARIADIC "any") OWNER TO postgres;

--
-- Name: moving(integer); Type: AGGREGATE; Schema: public; Owner: postgres
--

CREATE AGGREGATE public.moving(integer) (
    SFUNC = int4pl,
    STYPE = integer,
    SSPACE = 8,
    MSFUNC = int4pl,
    MINVFUNC = int4mi,
    MSTYPE = integer,
    MSSPACE = 16,
    MINITCOND = '0'
);


ALTER AGGREGATE public.moving(integer) OWNER TO postgres;

--
-- Name: ordered(double precision, anyelement); Type: AGGREGATE; Schema: public; Owner: postgres
--

CREATE AGGREGATE public.ordered(double precision ORDER BY anyelement) (
    SFUNC = ordered_set_transition,
    STYPE = internal,
    FINALFUNC = percentile_disc_final,
    FINALFUNC_EXTRA
);


ALTER AGGREGATE public.ordered(double precision ORDER BY anyelement) OWNER TO postgres;

--
-- Name: total(integer); Type: AGGREGATE; Schema: public; Owner: postgres
--

CREATE AGGREGATE public.total(integer) (
    SFUNC = public.add,
    STYPE = integer,
    INITCOND = '0'
);


ALTER AGGREGATE public.total(integer) OWNER TO postgres;

--
-- Name: AGGREGATE total(integer); Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON AGGREGATE public.total(integer) IS 'aggregate';


--
-- Name: total2(integer); Type: AGGREGATE; Schema: public; Owner: pgreckon_c
--

CREATE AGGREGATE public.total2(a integer) (
    SFUNC = int4pl,
    STYPE = integer,
    COMBINEFUNC = int4pl,
    SORTOP = OPERATOR(pg_catalog.>),
    PARALLEL = safe
);


ALTER AGGREGATE public.total2(a integer) OWNER TO pgreckon_c;

--
-- Name: FUNCTION f1(); Type: ACL; Schema: public; Owner: postgres
--

GRANT ALL ON FUNCTION public.f1() TO pgreckon_c;


--
-- Name: FUNCTION f2(a integer, b text, OUT c integer, INOUT d numeric); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.f2(a integer, b text, OUT c integer, INOUT d numeric) FROM PUBLIC;


--
-- Name: FUNCTION f3(VARIADIC x integer[]); Type: ACL; Schema: public; Owner: pgreckon_c
--

REVOKE ALL ON FUNCTION public.f3(VARIADIC x integer[]) FROM PUBLIC;


--
-- Name: PROCEDURE p1(IN a integer, INOUT b text); Type: ACL; Schema: public; Owner: postgres
--

GRANT ALL ON PROCEDURE public.p1(IN a integer, INOUT b text) TO pgreckon_c WITH GRANT OPTION;


--
-- Name: FUNCTION total(integer); Type: ACL; Schema: public; Owner: postgres
--

GRANT ALL ON FUNCTION public.total(integer) TO pgreckon_c;


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

