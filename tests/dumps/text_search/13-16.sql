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
-- Name: p1; Type: TEXT SEARCH PARSER; Schema: public; Owner: -
--

CREATE TEXT SEARCH PARSER public.p1 (
    START = prsd_start,
    GETTOKEN = prsd_nexttoken,
    END = prsd_end,
    HEADLINE = prsd_headline,
    LEXTYPES = prsd_lextype );


--
-- Name: TEXT SEARCH PARSER p1; Type: COMMENT; Schema: public; Owner: 
--

COMMENT ON TEXT SEARCH PARSER public.p1 IS 'parser';


--
-- Name: t1; Type: TEXT SEARCH TEMPLATE; Schema: public; Owner: -
--

CREATE TEXT SEARCH TEMPLATE public.t1 (
    INIT = dsimple_init,
    LEXIZE = dsimple_lexize );


--
-- Name: TEXT SEARCH TEMPLATE t1; Type: COMMENT; Schema: public; Owner: 
--

COMMENT ON TEXT SEARCH TEMPLATE public.t1 IS 'template';


--
-- Name: t2; Type: TEXT SEARCH TEMPLATE; Schema: public; Owner: -
--

CREATE TEXT SEARCH TEMPLATE public.t2 (
    LEXIZE = dsimple_lexize );


--
-- Name: d1; Type: TEXT SEARCH DICTIONARY; Schema: public; Owner: pgreckon_c
--

CREATE TEXT SEARCH DICTIONARY public.d1 (
    TEMPLATE = pg_catalog.simple,
    stopwords = 'english', accept = 'false' );


ALTER TEXT SEARCH DICTIONARY public.d1 OWNER TO pgreckon_c;

--
-- Name: TEXT SEARCH DICTIONARY d1; Type: COMMENT; Schema: public; Owner: pgreckon_c
--

COMMENT ON TEXT SEARCH DICTIONARY public.d1 IS 'dictionary';


--
-- Name: d3; Type: TEXT SEARCH DICTIONARY; Schema: public; Owner: postgres
--

CREATE TEXT SEARCH DICTIONARY public.d3 (
    TEMPLATE = public.t1 );


ALTER TEXT SEARCH DICTIONARY public.d3 OWNER TO postgres;

--
-- Name: d2; Type: TEXT SEARCH DICTIONARY; Schema: s; Owner: postgres
--

CREATE TEXT SEARCH DICTIONARY s.d2 (
    TEMPLATE = pg_catalog.snowball,
    language = 'german' );


ALTER TEXT SEARCH DICTIONARY s.d2 OWNER TO postgres;

--
-- Name: c1; Type: TEXT SEARCH CONFIGURATION; Schema: public; Owner: postgres
--

CREATE TEXT SEARCH CONFIGURATION public.c1 (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION public.c1
    ADD MAPPING FOR asciiword WITH public.d1, english_stem;

ALTER TEXT SEARCH CONFIGURATION public.c1
    ADD MAPPING FOR word WITH public.d1, english_stem;

ALTER TEXT SEARCH CONFIGURATION public.c1
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.c1
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.c1
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.c1
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.c1
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.c1
    ADD MAPPING FOR hword_part WITH english_stem;

ALTER TEXT SEARCH CONFIGURATION public.c1
    ADD MAPPING FOR hword_asciipart WITH english_stem;

ALTER TEXT SEARCH CONFIGURATION public.c1
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.c1
    ADD MAPPING FOR asciihword WITH english_stem;

ALTER TEXT SEARCH CONFIGURATION public.c1
    ADD MAPPING FOR hword WITH english_stem;

ALTER TEXT SEARCH CONFIGURATION public.c1
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.c1
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.c1
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.c1
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.c1
    ADD MAPPING FOR uint WITH simple;


ALTER TEXT SEARCH CONFIGURATION public.c1 OWNER TO postgres;

--
-- Name: TEXT SEARCH CONFIGURATION c1; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON TEXT SEARCH CONFIGURATION public.c1 IS 'configuration';


--
-- Name: c2; Type: TEXT SEARCH CONFIGURATION; Schema: public; Owner: pgreckon_c
--

CREATE TEXT SEARCH CONFIGURATION public.c2 (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION public.c2
    ADD MAPPING FOR asciiword WITH s.d2, simple;


ALTER TEXT SEARCH CONFIGURATION public.c2 OWNER TO pgreckon_c;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: t; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.t (
    a text,
    v tsvector GENERATED ALWAYS AS (to_tsvector('public.c1'::regconfig, a)) STORED
);


ALTER TABLE public.t OWNER TO postgres;

--
-- Name: t_to_tsvector_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX t_to_tsvector_idx ON public.t USING gin (to_tsvector('public.c1'::regconfig, a));


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

