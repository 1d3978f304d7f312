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
-- Name: moved; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA moved;


ALTER SCHEMA moved OWNER TO postgres;

--
-- Name: ee; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.ee AS ENUM (
    'uno',
    'tres',
    'two'
);


ALTER TYPE public.ee OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: tt; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.tt (
    aa integer,
    b2 character varying(10),
    d integer DEFAULT 5 NOT NULL,
    e integer,
    CONSTRAINT renamed CHECK (((b2)::text <> 'x'::text))
);


ALTER TABLE public.tt OWNER TO postgres;

--
-- Name: f(public.tt); Type: FUNCTION; Schema: moved; Owner: postgres
--

CREATE FUNCTION moved.f(public.tt) RETURNS integer
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION moved.f(public.tt) OWNER TO postgres;

--
-- Name: k; Type: TABLE; Schema: moved; Owner: postgres
--

CREATE TABLE moved.k (
    a bigint,
    b3 character varying(20),
    c numeric(8,2),
    d timestamp with time zone DEFAULT '2000-01-01 00:00:00'::timestamp without time zone,
    CONSTRAINT k_b_check CHECK (((b3)::text = ANY (ARRAY[('p'::character varying)::text, ('q'::character varying)::text])))
);


ALTER TABLE moved.k OWNER TO postgres;

--
-- Name: es; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.es (
    a public.ee DEFAULT 'uno'::public.ee
);


ALTER TABLE public.es OWNER TO postgres;

--
-- Name: w; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.w AS
 SELECT aa,
    b2 AS b,
    d
   FROM public.tt;


ALTER VIEW public.w OWNER TO postgres;

--
-- Name: x; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.x AS
 SELECT t1.aa,
    t2.aa AS aa2,
    k.b3 AS b
   FROM ((public.tt t1(aa, b, d, e)
     JOIN public.tt t2(aa, b, d, e) USING (b))
     LEFT JOIN moved.k ON (((k.b3)::text = (t1.b)::text)));


ALTER VIEW public.x OWNER TO postgres;

--
-- Name: tt renamed_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.tt
    ADD CONSTRAINT renamed_key UNIQUE (aa, b2);


--
-- Name: ki; Type: INDEX; Schema: moved; Owner: postgres
--

CREATE INDEX ki ON moved.k USING btree (b3) WHERE ((b3)::text = 'p'::text);


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

