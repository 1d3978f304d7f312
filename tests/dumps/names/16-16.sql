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
-- Name: select; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA "select";


ALTER SCHEMA "select" OWNER TO postgres;

--
-- Name: interval; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public."interval" AS ENUM (
    'a'
);


ALTER TYPE public."interval" OWNER TO postgres;

--
-- Name: a_domain; Type: DOMAIN; Schema: public; Owner: postgres
--

CREATE DOMAIN public.a_domain AS public."interval" DEFAULT 'a'::public."interval";


ALTER DOMAIN public.a_domain OWNER TO postgres;

--
-- Name: user; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public."user" AS (
	a public."interval",
	b interval,
	c "char"
);


ALTER TYPE public."user" OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: z_first; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.z_first (
    a integer
);


ALTER TABLE public.z_first OWNER TO postgres;

--
-- Name: a_fn(public.z_first); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.a_fn(public.z_first) RETURNS public.z_first
    LANGUAGE sql
    AS $_$SELECT $1$_$;


ALTER FUNCTION public.a_fn(public.z_first) OWNER TO postgres;

--
-- Name: a_view; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a_view AS
 SELECT public.a_fn(z_first.*) AS a_fn
   FROM public.z_first;


ALTER VIEW public.a_view OWNER TO postgres;

--
-- Name: b_fn(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.b_fn() RETURNS SETOF public.a_view
    LANGUAGE sql
    AS $$SELECT * FROM a_view$$;


ALTER FUNCTION public.b_fn() OWNER TO postgres;

--
-- Name: json_array(integer); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public."json_array"(a integer) RETURNS integer
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION public."json_array"(a integer) OWNER TO postgres;

--
-- Name: left(integer, text); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public."left"("user" integer, "Out" text) RETURNS integer
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION public."left"("user" integer, "Out" text) OWNER TO postgres;

--
-- Name: o(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.o() RETURNS integer
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION public.o() OWNER TO postgres;

--
-- Name: o(integer); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.o(integer) RETURNS integer
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION public.o(integer) OWNER TO postgres;

--
-- Name: o(text); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.o(text) RETURNS integer
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION public.o(text) OWNER TO postgres;

--
-- Name: o(public."user"); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.o(public."user") RETURNS integer
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION public.o(public."user") OWNER TO postgres;

--
-- Name: o(integer, integer); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.o(integer, integer) RETURNS integer
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION public.o(integer, integer) OWNER TO postgres;

--
-- Name: uses_o(integer); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.uses_o(a integer DEFAULT public.o(3)) RETURNS integer
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION public.uses_o(a integer) OWNER TO postgres;

--
-- Name: B_table; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public."B_table" (
    a integer
);


ALTER TABLE public."B_table" OWNER TO postgres;

--
-- Name: kw; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.kw (
    json integer,
    "json_array" integer,
    merge_action integer,
    json_table integer,
    "user" integer,
    "left" integer,
    "binary" integer,
    "interval" integer,
    "values" integer,
    name integer,
    type integer,
    value integer,
    "time" integer,
    "timestamp" integer,
    "order" integer,
    abort integer,
    "row" integer,
    "position" integer
);


ALTER TABLE public.kw OWNER TO postgres;

--
-- Name: table; Type: TABLE; Schema: select; Owner: postgres
--

CREATE TABLE "select"."table" (
    "column" integer,
    "Upper" text,
    "with space" integer,
    "dot.ted" integer,
    "quo""te" integer,
    "123" integer,
    "ünï" integer,
    _under integer,
    "a$b" integer
);


ALTER TABLE "select"."table" OWNER TO postgres;

--
-- Name: COLUMN "table"."quo""te"; Type: COMMENT; Schema: select; Owner: postgres
--

COMMENT ON COLUMN "select"."table"."quo""te" IS 'x';


--
-- Name: View; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public."View" AS
 SELECT kw.json,
    kw."user",
    kw.name,
    kw."left",
    "table"."Upper"
   FROM public.kw,
    "select"."table";


ALTER VIEW public."View" OWNER TO postgres;

--
-- Name: a-table; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public."a-table" (
    a integer
);


ALTER TABLE public."a-table" OWNER TO postgres;

--
-- Name: a1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.a1 (
    a integer
);


ALTER TABLE public.a1 OWNER TO postgres;

--
-- Name: a_1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.a_1 (
    a integer
);


ALTER TABLE public.a_1 OWNER TO postgres;

--
-- Name: a_table; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.a_table (
    a integer
);


ALTER TABLE public.a_table OWNER TO postgres;

--
-- Name: a_uses; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.a_uses (
    a integer DEFAULT public.uses_o(),
    b public."interval" DEFAULT 'a'::public."interval"
);


ALTER TABLE public.a_uses OWNER TO postgres;

--
-- Name: b_table; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.b_table (
    a integer,
    CONSTRAINT b_table_a_check CHECK ((a > 1))
);


ALTER TABLE public.b_table OWNER TO postgres;

--
-- Name: line break; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public."line
break" (
    a integer
);


ALTER TABLE public."line
break" OWNER TO postgres;

--
-- Name: order; Type: SEQUENCE; Schema: public; Owner: postgres
--

CREATE SEQUENCE public."order"
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public."order" OWNER TO postgres;

--
-- Name: Index; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "Index" ON public.kw USING btree ("user", lower(("left")::text));


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

