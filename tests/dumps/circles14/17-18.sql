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

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: g; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.g (
    id integer NOT NULL,
    x text
);


ALTER TABLE public.g OWNER TO postgres;

--
-- Name: pr(integer); Type: PROCEDURE; Schema: public; Owner: postgres
--

CREATE PROCEDURE public.pr(IN a integer)
    LANGUAGE sql
    BEGIN ATOMIC
 UPDATE public.g SET (id, x) = ( SELECT (g.id + 1),
             g.x)
   WHERE (g.id = pr.a);
 DELETE FROM public.g
    USING pg_class c
   WHERE (c.relname = g.x);
END;


ALTER PROCEDURE public.pr(IN a integer) OWNER TO postgres;

--
-- Name: up(integer); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.up(a integer) RETURNS integer
    LANGUAGE sql
    BEGIN ATOMIC
 INSERT INTO public.g AS gg (id, x)
   VALUES (up.a, 'x'::text) ON CONFLICT(id) DO UPDATE SET x = excluded.x
   WHERE (gg.x <> 'q'::text)
   RETURNING gg.id;
END;


ALTER FUNCTION public.up(a integer) OWNER TO postgres;

--
-- Name: g g_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.g
    ADD CONSTRAINT g_pkey PRIMARY KEY (id);


--
-- Name: needs_key(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.needs_key() RETURNS SETOF text
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT g.x
    FROM public.g
   GROUP BY g.id;
END;


ALTER FUNCTION public.needs_key() OWNER TO postgres;

--
-- Name: FUNCTION needs_key(); Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON FUNCTION public.needs_key() IS 'c';


--
-- Name: needs_key2(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.needs_key2() RETURNS SETOF text
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT public.needs_key() AS needs_key;
END;


ALTER FUNCTION public.needs_key2() OWNER TO postgres;

--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

