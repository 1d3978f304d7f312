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
-- Name: public; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA public;


--
-- Name: SCHEMA public; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA public IS 'standard public schema';


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: Odd1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public."Odd1" (
    a integer
);


--
-- Name: mv; Type: MATERIALIZED VIEW; Schema: public; Owner: -
--

CREATE MATERIALIZED VIEW public.mv AS
 SELECT 1 AS a
  WITH NO DATA;


--
-- Name: part; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.part (
    a integer
)
PARTITION BY LIST (a);


--
-- Name: part1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.part1 (
    a integer
);


--
-- Name: t_one; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.t_one (
    a integer
);


--
-- Name: part1; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.part ATTACH PARTITION public.part1 FOR VALUES IN (1);


--
-- Name: Odd1 Odd1_a_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public."Odd1"
    ADD CONSTRAINT "Odd1_a_key" UNIQUE (a);


--
-- Name: part_a_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX part_a_idx ON ONLY public.part USING btree (a);


--
-- Name: part1_a_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX part1_a_idx ON public.part1 USING btree (a);


--
-- Name: t_one_a; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX t_one_a ON public.t_one USING btree (a);


--
-- Name: part1_a_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.part_a_idx ATTACH PARTITION public.part1_a_idx;


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

