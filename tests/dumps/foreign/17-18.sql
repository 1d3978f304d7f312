--
-- PostgreSQL database dump
--

\restrict pgreckon

-- Dumped from database version
-- Dumped by pg_dump version

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: postgres_fdw; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS postgres_fdw WITH SCHEMA public;


--
-- Name: EXTENSION postgres_fdw; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION postgres_fdw IS 'foreign-data wrapper for remote PostgreSQL servers';


--
-- Name: tr(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.tr() RETURNS trigger
    LANGUAGE plpgsql
    AS $$BEGIN RETURN NEW; END$$;


ALTER FUNCTION public.tr() OWNER TO postgres;

--
-- Name: w1; Type: FOREIGN DATA WRAPPER; Schema: -; Owner: postgres
--

CREATE FOREIGN DATA WRAPPER w1;


ALTER FOREIGN DATA WRAPPER w1 OWNER TO postgres;

--
-- Name: FOREIGN DATA WRAPPER w1; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON FOREIGN DATA WRAPPER w1 IS 'wrapper';


--
-- Name: w2; Type: FOREIGN DATA WRAPPER; Schema: -; Owner: postgres
--

CREATE FOREIGN DATA WRAPPER w2 HANDLER public.postgres_fdw_handler;


ALTER FOREIGN DATA WRAPPER w2 OWNER TO postgres;

--
-- Name: w3; Type: FOREIGN DATA WRAPPER; Schema: -; Owner: postgres
--

CREATE FOREIGN DATA WRAPPER w3 OPTIONS (
    "Odd" 'x''y',
    debug 'true'
);


ALTER FOREIGN DATA WRAPPER w3 OWNER TO postgres;

--
-- Name: s1; Type: SERVER; Schema: -; Owner: postgres
--

CREATE SERVER s1 FOREIGN DATA WRAPPER w1;


ALTER SERVER s1 OWNER TO postgres;

--
-- Name: SERVER s1; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON SERVER s1 IS 'server';


--
-- Name: USER MAPPING postgres SERVER s1; Type: USER MAPPING; Schema: -; Owner: postgres
--

CREATE USER MAPPING FOR postgres SERVER s1 OPTIONS (
    "Odd" 'x'
);


--
-- Name: s2; Type: SERVER; Schema: -; Owner: postgres
--

CREATE SERVER s2 TYPE 'ty' VERSION '1.0' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (
    dbname 'd''b',
    host 'h',
    port '5432'
);


ALTER SERVER s2 OWNER TO postgres;

--
-- Name: USER MAPPING pgreckon_c SERVER s2; Type: USER MAPPING; Schema: -; Owner: postgres
--

CREATE USER MAPPING FOR pgreckon_c SERVER s2 OPTIONS (
    password 'p',
    "user" 'u'
);


--
-- Name: USER MAPPING public SERVER s2; Type: USER MAPPING; Schema: -; Owner: postgres
--

CREATE USER MAPPING FOR public SERVER s2;


--
-- Name: ft; Type: FOREIGN TABLE; Schema: public; Owner: pgreckon_c
--

CREATE FOREIGN TABLE public.ft (
    a integer NOT NULL,
    b text DEFAULT 'd'::text,
    CONSTRAINT ft_a_check CHECK ((a > 0))
)
SERVER s2
OPTIONS (
    schema_name 's',
    table_name 't'
);
ALTER FOREIGN TABLE ONLY public.ft ALTER COLUMN a OPTIONS (
    column_name 'x'
);
ALTER FOREIGN TABLE ONLY public.ft ALTER COLUMN b SET STATISTICS 5;
ALTER FOREIGN TABLE ONLY public.ft ALTER COLUMN b SET STORAGE EXTERNAL;


ALTER FOREIGN TABLE public.ft OWNER TO pgreckon_c;

--
-- Name: FOREIGN TABLE ft; Type: COMMENT; Schema: public; Owner: pgreckon_c
--

COMMENT ON FOREIGN TABLE public.ft IS 'foreign';


--
-- Name: COLUMN ft.a; Type: COMMENT; Schema: public; Owner: pgreckon_c
--

COMMENT ON COLUMN public.ft.a IS 'its column';


--
-- Name: ft2; Type: FOREIGN TABLE; Schema: public; Owner: postgres
--

CREATE FOREIGN TABLE public.ft2 (
    a integer
)
SERVER s1;


ALTER FOREIGN TABLE public.ft2 OWNER TO postgres;

SET default_tablespace = '';

--
-- Name: p; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.p (
    a integer,
    b text
)
PARTITION BY LIST (a);


ALTER TABLE public.p OWNER TO postgres;

--
-- Name: p1; Type: FOREIGN TABLE; Schema: public; Owner: postgres
--

CREATE FOREIGN TABLE public.p1 (
    a integer,
    b text
)
SERVER s1;


ALTER FOREIGN TABLE public.p1 OWNER TO postgres;

--
-- Name: p1; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.p ATTACH PARTITION public.p1 FOR VALUES IN (1);


--
-- Name: ft later; Type: CHECK CONSTRAINT; Schema: public; Owner: pgreckon_c
--

ALTER FOREIGN TABLE public.ft
    ADD CONSTRAINT later CHECK ((b <> ''::text)) NOT VALID;


--
-- Name: ft ft_tr; Type: TRIGGER; Schema: public; Owner: pgreckon_c
--

CREATE TRIGGER ft_tr BEFORE INSERT ON public.ft FOR EACH ROW EXECUTE FUNCTION public.tr();

ALTER FOREIGN TABLE public.ft DISABLE TRIGGER ft_tr;


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

