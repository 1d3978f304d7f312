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
-- Name: Odd Type; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public."Odd Type" AS ENUM (
    'Z'
);


ALTER TYPE public."Odd Type" OWNER TO postgres;

--
-- Name: base; Type: SHELL TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.base;


--
-- Name: base_in(cstring); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.base_in(cstring) RETURNS public.base
    LANGUAGE internal IMMUTABLE STRICT
    AS $$int4in$$;


ALTER FUNCTION public.base_in(cstring) OWNER TO postgres;

--
-- Name: base_out(public.base); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.base_out(public.base) RETURNS cstring
    LANGUAGE internal IMMUTABLE STRICT
    AS $$int4out$$;


ALTER FUNCTION public.base_out(public.base) OWNER TO postgres;

--
-- Name: base; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.base (
    INTERNALLENGTH = 4,
    INPUT = public.base_in,
    OUTPUT = public.base_out,
    DEFAULT = '5',
    CATEGORY = 'X',
    PREFERRED = true,
    DELIMITER = ';',
    ALIGNMENT = int4,
    STORAGE = plain,
    PASSEDBYVALUE
);


ALTER TYPE public.base OWNER TO postgres;

--
-- Name: e; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.e AS ENUM (
    'a',
    'between',
    'b',
    'it''s',
    ''
);


ALTER TYPE public.e OWNER TO postgres;

--
-- Name: comp; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.comp AS (
	x integer,
	y text COLLATE pg_catalog."C",
	z public.e[],
	w numeric(5,2)
);


ALTER TYPE public.comp OWNER TO postgres;

--
-- Name: TYPE comp; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON TYPE public.comp IS 'composite';


--
-- Name: COLUMN comp.y; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON COLUMN public.comp.y IS 'its column';


--
-- Name: d1; Type: DOMAIN; Schema: public; Owner: postgres
--

CREATE DOMAIN public.d1 AS integer;


ALTER DOMAIN public.d1 OWNER TO postgres;

--
-- Name: d2; Type: DOMAIN; Schema: public; Owner: pgreckon_c
--

CREATE DOMAIN public.d2 AS character varying(20) COLLATE pg_catalog."C" NOT NULL DEFAULT 'x'::character varying
	CONSTRAINT d2_check CHECK (((VALUE)::text <> ''::text))
	CONSTRAINT longer CHECK ((length((VALUE)::text) > 2));


ALTER DOMAIN public.d2 OWNER TO pgreckon_c;

--
-- Name: DOMAIN d2; Type: COMMENT; Schema: public; Owner: pgreckon_c
--

COMMENT ON DOMAIN public.d2 IS 'domain';


--
-- Name: CONSTRAINT longer ON DOMAIN d2; Type: COMMENT; Schema: public; Owner: pgreckon_c
--

COMMENT ON CONSTRAINT longer ON DOMAIN public.d2 IS 'constraint of a domain';


--
-- Name: d3; Type: DOMAIN; Schema: public; Owner: postgres
--

CREATE DOMAIN public.d3 AS public.d1 DEFAULT (1 + 2)
	CONSTRAINT d3_check CHECK (((VALUE)::integer > 0));


ALTER DOMAIN public.d3 OWNER TO postgres;

--
-- Name: d4; Type: DOMAIN; Schema: public; Owner: postgres
--

CREATE DOMAIN public.d4 AS integer[]
	CONSTRAINT d4_check CHECK ((array_length(VALUE, 1) = 2));


ALTER DOMAIN public.d4 OWNER TO postgres;

--
-- Name: d5; Type: DOMAIN; Schema: public; Owner: postgres
--

CREATE DOMAIN public.d5 AS text
	CONSTRAINT d5_check CHECK ((VALUE = ANY (ARRAY['p'::text, 'q'::text])));


ALTER DOMAIN public.d5 OWNER TO postgres;

--
-- Name: e0; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.e0 AS ENUM (
);


ALTER TYPE public.e0 OWNER TO postgres;

--
-- Name: empty_comp; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.empty_comp AS (
);


ALTER TYPE public.empty_comp OWNER TO postgres;

--
-- Name: r1; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.r1 AS RANGE (
    subtype = double precision,
    multirange_type_name = public.r1_multirange,
    subtype_diff = float8mi
);


ALTER TYPE public.r1 OWNER TO postgres;

--
-- Name: var; Type: SHELL TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.var;


--
-- Name: var_in(cstring); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.var_in(cstring) RETURNS public.var
    LANGUAGE internal IMMUTABLE STRICT
    AS $$textin$$;


ALTER FUNCTION public.var_in(cstring) OWNER TO postgres;

--
-- Name: var_out(public.var); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.var_out(public.var) RETURNS cstring
    LANGUAGE internal IMMUTABLE STRICT
    AS $$textout$$;


ALTER FUNCTION public.var_out(public.var) OWNER TO postgres;

--
-- Name: var; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.var (
    INTERNALLENGTH = variable,
    INPUT = public.var_in,
    OUTPUT = public.var_out,
    COLLATABLE = true,
    ALIGNMENT = int4,
    STORAGE = extended
);


ALTER TYPE public.var OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: uses; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.uses (
    a public.e DEFAULT 'a'::public.e,
    b public.comp,
    c public.r1,
    d public.d2,
    f public.base,
    g public.d3 DEFAULT 4,
    h public.e[] DEFAULT '{a,b}'::public.e[],
    i public.var,
    j public.d5,
    CONSTRAINT uses_j_check CHECK (((j)::text <> 'p'::text))
);


ALTER TABLE public.uses OWNER TO postgres;

--
-- Name: nested; Type: TYPE; Schema: public; Owner: pgreckon_c
--

CREATE TYPE public.nested AS (
	a public.comp,
	b public.uses,
	c public."Odd Type"
);


ALTER TYPE public.nested OWNER TO pgreckon_c;

--
-- Name: r2; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.r2 AS RANGE (
    subtype = text,
    multirange_type_name = public.r2_multirange,
    subtype_opclass = pg_catalog.text_pattern_ops,
    collation = pg_catalog."C"
);


ALTER TYPE public.r2 OWNER TO postgres;

--
-- Name: r3; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.r3 AS RANGE (
    subtype = public.d1,
    multirange_type_name = public.r3_multirange
);


ALTER TYPE public.r3 OWNER TO postgres;

--
-- Name: r4; Type: SHELL TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.r4;


--
-- Name: r4_canonical(public.r4); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.r4_canonical(public.r4) RETURNS public.r4
    LANGUAGE internal IMMUTABLE STRICT
    AS $$int4range_canonical$$;


ALTER FUNCTION public.r4_canonical(public.r4) OWNER TO postgres;

--
-- Name: r4; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.r4 AS RANGE (
    subtype = integer,
    multirange_type_name = public.r4_multirange,
    canonical = public.r4_canonical
);


ALTER TYPE public.r4 OWNER TO postgres;

--
-- Name: r5; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.r5 AS RANGE (
    subtype = bigint,
    multirange_type_name = public.many5
);


ALTER TYPE public.r5 OWNER TO postgres;

--
-- Name: shell; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.shell;


ALTER TYPE public.shell OWNER TO postgres;

--
-- Name: TYPE shell; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON TYPE public.shell IS 'never filled';


--
-- Name: uses2; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.uses2 (
    a public.e,
    b public.e DEFAULT 'b'::public.e,
    CONSTRAINT uses2_a_check CHECK ((a = ANY (ARRAY['a'::public.e, 'b'::public.e])))
);


ALTER TABLE public.uses2 OWNER TO postgres;

--
-- Name: uses3; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.uses3 (
    a public.many5,
    b public.r5
);


ALTER TABLE public.uses3 OWNER TO postgres;

--
-- Name: d1 nv; Type: CHECK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER DOMAIN public.d1
    ADD CONSTRAINT nv CHECK ((VALUE < 100)) NOT VALID;


--
-- Name: TYPE e; Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON TYPE public.e FROM PUBLIC;
GRANT ALL ON TYPE public.e TO pgreckon_c WITH GRANT OPTION;


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

