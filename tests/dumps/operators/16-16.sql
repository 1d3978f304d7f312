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
-- Name: s; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA s;


ALTER SCHEMA s OWNER TO postgres;

--
-- Name: lang_handler(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.lang_handler() RETURNS language_handler
    LANGUAGE c
    AS '$libdir/plpgsql', 'plpgsql_call_handler';


ALTER FUNCTION public.lang_handler() OWNER TO postgres;

--
-- Name: lang; Type: PROCEDURAL LANGUAGE; Schema: -; Owner: pgreckon_c
--

CREATE PROCEDURAL LANGUAGE lang HANDLER public.lang_handler;


ALTER PROCEDURAL LANGUAGE lang OWNER TO pgreckon_c;

--
-- Name: LANGUAGE lang; Type: COMMENT; Schema: -; Owner: pgreckon_c
--

COMMENT ON LANGUAGE lang IS 'language';


--
-- Name: coll1; Type: COLLATION; Schema: public; Owner: postgres
--

CREATE COLLATION public.coll1 (provider = libc, locale = 'C');


ALTER COLLATION public.coll1 OWNER TO postgres;

--
-- Name: COLLATION coll1; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON COLLATION public.coll1 IS 'collation';


--
-- Name: coll2; Type: COLLATION; Schema: public; Owner: pgreckon_c
--

CREATE COLLATION public.coll2 (provider = libc, lc_collate = 'C', lc_ctype = 'POSIX');


ALTER COLLATION public.coll2 OWNER TO pgreckon_c;

--
-- Name: coll3; Type: COLLATION; Schema: public; Owner: postgres
--

CREATE COLLATION public.coll3 (provider = libc, locale = 'C');


ALTER COLLATION public.coll3 OWNER TO postgres;

--
-- Name: TRANSFORM FOR integer LANGUAGE sql; Type: TRANSFORM; Schema: -; Owner: -
--

CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION pg_catalog.prsd_lextype(internal), TO SQL WITH FUNCTION pg_catalog.int4recv(internal));


--
-- Name: TRANSFORM FOR integer LANGUAGE sql; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON TRANSFORM FOR integer LANGUAGE sql IS 'transform';


--
-- Name: c; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.c AS (
	a integer
);


ALTER TYPE public.c OWNER TO postgres;

--
-- Name: e; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.e AS ENUM (
    'x'
);


ALTER TYPE public.e OWNER TO postgres;

--
-- Name: c_int(public.c); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.c_int(public.c) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$SELECT 1$$;


ALTER FUNCTION public.c_int(public.c) OWNER TO postgres;

--
-- Name: CAST (public.c AS integer); Type: CAST; Schema: -; Owner: -
--

CREATE CAST (public.c AS integer) WITH FUNCTION public.c_int(public.c) AS ASSIGNMENT;


--
-- Name: CAST (public.c AS integer); Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON CAST (public.c AS integer) IS 'cast';


--
-- Name: CAST (public.c AS text); Type: CAST; Schema: -; Owner: -
--

CREATE CAST (public.c AS text) WITH INOUT AS IMPLICIT;


--
-- Name: int_c(integer); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.int_c(integer) RETURNS public.c
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT ROW($1)::c$_$;


ALTER FUNCTION public.int_c(integer) OWNER TO postgres;

--
-- Name: CAST (integer AS public.c); Type: CAST; Schema: -; Owner: -
--

CREATE CAST (integer AS public.c) WITH FUNCTION public.int_c(integer);


--
-- Name: CAST (character varying AS public.e); Type: CAST; Schema: -; Owner: -
--

CREATE CAST (character varying AS public.e) WITH INOUT AS ASSIGNMENT;


--
-- Name: c_cmp(public.c, public.c); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.c_cmp(public.c, public.c) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$SELECT 0$$;


ALTER FUNCTION public.c_cmp(public.c, public.c) OWNER TO postgres;

--
-- Name: c_eq(public.c, public.c); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.c_eq(public.c, public.c) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$SELECT true$$;


ALTER FUNCTION public.c_eq(public.c, public.c) OWNER TO postgres;

--
-- Name: c_neg(public.c); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.c_neg(public.c) RETURNS public.c
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT $1$_$;


ALTER FUNCTION public.c_neg(public.c) OWNER TO postgres;

--
-- Name: tf(internal); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.tf(internal) RETURNS internal
    LANGUAGE internal
    AS $$int4_accum$$;


ALTER FUNCTION public.tf(internal) OWNER TO postgres;

--
-- Name: with_transform(integer); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.with_transform(a integer) RETURNS integer
    LANGUAGE sql TRANSFORM FOR TYPE integer
    AS $$SELECT 1$$;


ALTER FUNCTION public.with_transform(a integer) OWNER TO postgres;

--
-- Name: btree2; Type: ACCESS METHOD; Schema: -; Owner: -
--

CREATE ACCESS METHOD btree2 TYPE INDEX HANDLER bthandler;


--
-- Name: heap2; Type: ACCESS METHOD; Schema: -; Owner: -
--

CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;


--
-- Name: ACCESS METHOD heap2; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON ACCESS METHOD heap2 IS 'method';


--
-- Name: !==; Type: OPERATOR; Schema: public; Owner: postgres
--

CREATE OPERATOR public.!== (
    FUNCTION = public.c_eq,
    LEFTARG = public.c,
    RIGHTARG = public.c,
    COMMUTATOR = OPERATOR(public.!==),
    NEGATOR = OPERATOR(public.===)
);


ALTER OPERATOR public.!== (public.c, public.c) OWNER TO postgres;

--
-- Name: <<<; Type: OPERATOR; Schema: public; Owner: pgreckon_c
--

CREATE OPERATOR public.<<< (
    FUNCTION = public.c_eq,
    LEFTARG = public.c,
    RIGHTARG = public.c
);


ALTER OPERATOR public.<<< (public.c, public.c) OWNER TO pgreckon_c;

--
-- Name: ===; Type: OPERATOR; Schema: public; Owner: postgres
--

CREATE OPERATOR public.=== (
    FUNCTION = public.c_eq,
    LEFTARG = public.c,
    RIGHTARG = public.c,
    COMMUTATOR = OPERATOR(public.===),
    NEGATOR = OPERATOR(public.!==),
    MERGES,
    HASHES,
    RESTRICT = eqsel,
    JOIN = eqjoinsel
);


ALTER OPERATOR public.=== (public.c, public.c) OWNER TO postgres;

--
-- Name: OPERATOR === (public.c, public.c); Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON OPERATOR public.=== (public.c, public.c) IS 'equal';


--
-- Name: >>>; Type: OPERATOR; Schema: public; Owner: postgres
--

CREATE OPERATOR public.>>> (
    FUNCTION = public.c_eq,
    LEFTARG = public.c,
    RIGHTARG = public.c
);


ALTER OPERATOR public.>>> (public.c, public.c) OWNER TO postgres;

--
-- Name: -; Type: OPERATOR; Schema: s; Owner: postgres
--

CREATE OPERATOR s.- (
    FUNCTION = public.c_neg,
    RIGHTARG = public.c
);


ALTER OPERATOR s.- (NONE, public.c) OWNER TO postgres;

--
-- Name: fam; Type: OPERATOR FAMILY; Schema: public; Owner: postgres
--

CREATE OPERATOR FAMILY public.fam USING btree;


ALTER OPERATOR FAMILY public.fam USING btree OWNER TO postgres;

--
-- Name: OPERATOR FAMILY fam USING btree; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON OPERATOR FAMILY public.fam USING btree IS 'family';


--
-- Name: c_ops; Type: OPERATOR CLASS; Schema: public; Owner: postgres
--

CREATE OPERATOR CLASS public.c_ops
    DEFAULT FOR TYPE public.c USING btree FAMILY public.fam AS
    OPERATOR 1 public.<<<(public.c,public.c) ,
    OPERATOR 3 public.===(public.c,public.c) ,
    OPERATOR 5 public.>>>(public.c,public.c) ,
    FUNCTION 1 (public.c, public.c) public.c_cmp(public.c,public.c);


ALTER OPERATOR CLASS public.c_ops USING btree OWNER TO postgres;

--
-- Name: OPERATOR CLASS c_ops USING btree; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON OPERATOR CLASS public.c_ops USING btree IS 'class';


--
-- Name: c_ops2; Type: OPERATOR FAMILY; Schema: public; Owner: postgres
--

CREATE OPERATOR FAMILY public.c_ops2 USING hash;


ALTER OPERATOR FAMILY public.c_ops2 USING hash OWNER TO postgres;

--
-- Name: c_ops2; Type: OPERATOR CLASS; Schema: public; Owner: postgres
--

CREATE OPERATOR CLASS public.c_ops2
    FOR TYPE public.c USING hash FAMILY public.c_ops2 AS
    OPERATOR 1 public.===(public.c,public.c);


ALTER OPERATOR CLASS public.c_ops2 USING hash OWNER TO postgres;

--
-- Name: c_ops3; Type: OPERATOR FAMILY; Schema: public; Owner: postgres
--

CREATE OPERATOR FAMILY public.c_ops3 USING gist;


ALTER OPERATOR FAMILY public.c_ops3 USING gist OWNER TO postgres;

--
-- Name: c_ops3; Type: OPERATOR CLASS; Schema: public; Owner: postgres
--

CREATE OPERATOR CLASS public.c_ops3
    FOR TYPE integer USING gist FAMILY public.c_ops3 AS
    STORAGE bigint;


ALTER OPERATOR CLASS public.c_ops3 USING gist OWNER TO postgres;

--
-- Name: fam2; Type: OPERATOR FAMILY; Schema: public; Owner: pgreckon_c
--

CREATE OPERATOR FAMILY public.fam2 USING gist;
ALTER OPERATOR FAMILY public.fam2 USING gist ADD
    OPERATOR 1 public.===(public.c,public.c) ,
    OPERATOR 15 <->(point,point) FOR ORDER BY pg_catalog.float_ops ,
    FUNCTION 1 (public.c, public.c) public.c_eq(public.c,public.c);


ALTER OPERATOR FAMILY public.fam2 USING gist OWNER TO pgreckon_c;

--
-- Name: conv; Type: CONVERSION; Schema: public; Owner: postgres
--

CREATE CONVERSION public.conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;


ALTER CONVERSION public.conv OWNER TO postgres;

--
-- Name: CONVERSION conv; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON CONVERSION public.conv IS 'conversion';


--
-- Name: conv2; Type: CONVERSION; Schema: public; Owner: pgreckon_c
--

CREATE DEFAULT CONVERSION public.conv2 FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;


ALTER CONVERSION public.conv2 OWNER TO pgreckon_c;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: collated; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.collated (
    a text COLLATE public.coll1,
    b text DEFAULT 'x'::text COLLATE public.coll2
);


ALTER TABLE public.collated OWNER TO postgres;

--
-- Name: in_heap; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.in_heap (
    a integer
);


ALTER TABLE public.in_heap OWNER TO postgres;

SET default_table_access_method = heap2;

--
-- Name: in_heap2; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.in_heap2 (
    a integer
);


ALTER TABLE public.in_heap2 OWNER TO postgres;

--
-- Name: mat_heap2; Type: MATERIALIZED VIEW; Schema: public; Owner: postgres
--

CREATE MATERIALIZED VIEW public.mat_heap2 AS
 SELECT 1 AS a
  WITH NO DATA;


ALTER MATERIALIZED VIEW public.mat_heap2 OWNER TO postgres;

--
-- Name: uses_ops; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.uses_ops AS
 SELECT (ROW(1)::public.c OPERATOR(public.===) ROW(2)::public.c) AS a,
    '-5'::integer AS m,
    (OPERATOR(s.-) ROW(1)::public.c) AS n;


ALTER VIEW public.uses_ops OWNER TO postgres;

--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

