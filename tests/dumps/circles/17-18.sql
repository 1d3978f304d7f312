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
-- Name: dom; Type: DOMAIN; Schema: public; Owner: postgres
--

CREATE DOMAIN public.dom AS integer;


ALTER DOMAIN public.dom OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: a; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.a (
    id integer NOT NULL,
    x text,
    y text
);


ALTER TABLE public.a OWNER TO postgres;

--
-- Name: a_name(public.a); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.a_name(public.a) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT $1.x$_$;


ALTER FUNCTION public.a_name(public.a) OWNER TO postgres;

--
-- Name: dom_ok(public.dom); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.dom_ok(public.dom) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$SELECT true$$;


ALTER FUNCTION public.dom_ok(public.dom) OWNER TO postgres;

--
-- Name: v1; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v1 AS
SELECT
    NULL::integer AS n;


ALTER VIEW public.v1 OWNER TO postgres;

--
-- Name: v1_fn(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.v1_fn() RETURNS SETOF public.v1
    LANGUAGE sql
    AS $$SELECT * FROM v1$$;


ALTER FUNCTION public.v1_fn() OWNER TO postgres;

--
-- Name: c1; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.c1 AS
SELECT
    NULL::integer AS a,
    NULL::character varying(3) AS b,
    NULL::text COLLATE pg_catalog."C" AS c;


ALTER VIEW public.c1 OWNER TO postgres;

--
-- Name: c2; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.c2 AS
 SELECT a,
    b,
    c
   FROM public.c1;


ALTER VIEW public.c2 OWNER TO postgres;

--
-- Name: c3; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.c3 AS
 SELECT a,
    b,
    c
   FROM public.c2;


ALTER VIEW public.c3 OWNER TO postgres;

--
-- Name: grouped; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.grouped (
    id integer NOT NULL,
    g text,
    h integer
);


ALTER TABLE public.grouped OWNER TO postgres;

--
-- Name: gv; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.gv AS
SELECT
    NULL::integer AS id,
    NULL::text AS g,
    NULL::bigint AS s;


ALTER VIEW public.gv OWNER TO postgres;

--
-- Name: gv2; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.gv2 AS
 SELECT id,
    g,
    s
   FROM public.gv;


ALTER VIEW public.gv2 OWNER TO postgres;

--
-- Name: a y; Type: DEFAULT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.a ALTER COLUMN y SET DEFAULT public.a_name(NULL::public.a);


--
-- Name: grouped grouped_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.grouped
    ADD CONSTRAINT grouped_pkey PRIMARY KEY (id);


--
-- Name: gm; Type: MATERIALIZED VIEW; Schema: public; Owner: postgres
--

CREATE MATERIALIZED VIEW public.gm AS
 SELECT id,
    g
   FROM public.grouped
  GROUP BY id
  WITH NO DATA;


ALTER MATERIALIZED VIEW public.gm OWNER TO postgres;

--
-- Name: after_key(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.after_key() RETURNS SETOF public.gm
    LANGUAGE sql
    AS $$SELECT * FROM gm$$;


ALTER FUNCTION public.after_key() OWNER TO postgres;

--
-- Name: FUNCTION after_key(); Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON FUNCTION public.after_key() IS 'after the data';


--
-- Name: a a_check; Type: CHECK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE public.a
    ADD CONSTRAINT a_check CHECK ((public.a_name(a.*) <> ''::text));


--
-- Name: a a_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.a
    ADD CONSTRAINT a_pkey PRIMARY KEY (id);


--
-- Name: dom dom_check; Type: CHECK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER DOMAIN public.dom
    ADD CONSTRAINT dom_check CHECK (public.dom_ok((VALUE)::public.dom));


--
-- Name: a_a_name_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX a_a_name_idx ON public.a USING btree (public.a_name(a.*));


--
-- Name: gm_i; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX gm_i ON public.gm USING btree (g);


--
-- Name: c1 _RETURN; Type: RULE; Schema: public; Owner: postgres
--

CREATE OR REPLACE VIEW public.c1 AS
 SELECT a,
    b,
    c
   FROM public.c3;


--
-- Name: gv _RETURN; Type: RULE; Schema: public; Owner: postgres
--

CREATE OR REPLACE VIEW public.gv AS
 SELECT id,
    g,
    sum(h) AS s
   FROM public.grouped
  GROUP BY id;


--
-- Name: v1 _RETURN; Type: RULE; Schema: public; Owner: postgres
--

CREATE OR REPLACE VIEW public.v1 AS
 SELECT n
   FROM public.v1_fn() v1_fn(n);


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

