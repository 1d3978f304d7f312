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

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: d; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.d (
    a integer
);


ALTER TABLE public.d OWNER TO postgres;

SET default_tablespace = pgreckon_t;

--
-- Name: m; Type: MATERIALIZED VIEW; Schema: public; Owner: postgres; Tablespace: pgreckon_t
--

CREATE MATERIALIZED VIEW public.m AS
 SELECT 1 AS a
  WITH NO DATA;


ALTER MATERIALIZED VIEW public.m OWNER TO postgres;

--
-- Name: p; Type: TABLE; Schema: public; Owner: postgres; Tablespace: pgreckon_t
--

CREATE TABLE public.p (
    a integer
)
PARTITION BY LIST (a);


ALTER TABLE public.p OWNER TO postgres;

--
-- Name: p1; Type: TABLE; Schema: public; Owner: postgres; Tablespace: pgreckon_t
--

CREATE TABLE public.p1 (
    a integer
);


ALTER TABLE public.p1 OWNER TO postgres;

SET default_tablespace = '';

--
-- Name: p2; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.p2 (
    a integer
);


ALTER TABLE public.p2 OWNER TO postgres;

SET default_tablespace = pgreckon_t;

--
-- Name: t; Type: TABLE; Schema: public; Owner: postgres; Tablespace: pgreckon_t
--

CREATE TABLE public.t (
    a integer NOT NULL,
    b integer
);


ALTER TABLE public.t OWNER TO postgres;

--
-- Name: p1; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.p ATTACH PARTITION public.p1 FOR VALUES IN (1);


--
-- Name: p2; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.p ATTACH PARTITION public.p2 FOR VALUES IN (2);


--
-- Name: t t_b_key; Type: CONSTRAINT; Schema: public; Owner: postgres; Tablespace: pgreckon_t
--

ALTER TABLE ONLY public.t
    ADD CONSTRAINT t_b_key UNIQUE (b);


SET default_tablespace = '';

--
-- Name: t t_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.t
    ADD CONSTRAINT t_pkey PRIMARY KEY (a);


SET default_tablespace = pgreckon_t;

--
-- Name: i; Type: INDEX; Schema: public; Owner: postgres; Tablespace: pgreckon_t
--

CREATE INDEX i ON public.d USING btree (a);


SET default_tablespace = '';

--
-- Name: j; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX j ON public.t USING btree (b);


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

