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
-- Name: t_one; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.t_one (
    a integer
);


ALTER TABLE public.t_one OWNER TO postgres;

--
-- Name: t_one_a; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX t_one_a ON public.t_one USING btree (a);


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

