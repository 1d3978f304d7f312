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
-- Name: s; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA s;


ALTER SCHEMA s OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: t; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.t (
    a integer NOT NULL,
    b integer,
    c text
);


ALTER TABLE public.t OWNER TO postgres;

--
-- Name: u; Type: TABLE; Schema: s; Owner: postgres
--

CREATE TABLE s.u (
    a integer,
    b integer
);


ALTER TABLE s.u OWNER TO postgres;

--
-- Name: t t_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.t
    ADD CONSTRAINT t_pkey PRIMARY KEY (a);


--
-- Name: st1; Type: STATISTICS; Schema: public; Owner: postgres
--

CREATE STATISTICS public.st1 ON a, b FROM public.t;
ALTER STATISTICS public.st1 SET STATISTICS 50;


ALTER STATISTICS public.st1 OWNER TO postgres;

--
-- Name: STATISTICS st1; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON STATISTICS public.st1 IS 'statistics';


--
-- Name: st2; Type: STATISTICS; Schema: public; Owner: pgreckon_c
--

CREATE STATISTICS public.st2 (ndistinct) ON a, b, c FROM public.t;


ALTER STATISTICS public.st2 OWNER TO pgreckon_c;

--
-- Name: st4; Type: STATISTICS; Schema: public; Owner: postgres
--

CREATE STATISTICS public.st4 ON c, (a + b) FROM public.t;


ALTER STATISTICS public.st4 OWNER TO postgres;

--
-- Name: st5; Type: STATISTICS; Schema: public; Owner: postgres
--

CREATE STATISTICS public.st5 ON lower(c) FROM public.t;


ALTER STATISTICS public.st5 OWNER TO postgres;

--
-- Name: st6; Type: STATISTICS; Schema: public; Owner: postgres
--

CREATE STATISTICS public.st6 (mcv) ON a, (a % 2), (b * 2), COALESCE(c, ''::text), (c || 'x'::text), (c COLLATE "C"), (a::text) FROM public.t;


ALTER STATISTICS public.st6 OWNER TO postgres;

--
-- Name: st3; Type: STATISTICS; Schema: s; Owner: postgres
--

CREATE STATISTICS s.st3 (dependencies, mcv) ON a, b FROM s.u;


ALTER STATISTICS s.st3 OWNER TO postgres;

--
-- Name: Odd Pub; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION "Odd Pub" WITH (publish = '');


ALTER PUBLICATION "Odd Pub" OWNER TO postgres;

--
-- Name: p_all; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION p_all FOR ALL TABLES WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION p_all OWNER TO postgres;

--
-- Name: PUBLICATION p_all; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON PUBLICATION p_all IS 'publication';


--
-- Name: p_mixed; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION p_mixed WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION p_mixed OWNER TO postgres;

--
-- Name: p_one; Type: PUBLICATION; Schema: -; Owner: pgreckon_c
--

CREATE PUBLICATION p_one WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION p_one OWNER TO pgreckon_c;

--
-- Name: p_schema; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION p_schema WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION p_schema OWNER TO postgres;

--
-- Name: p_some; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION p_some WITH (publish = 'insert, delete', publish_via_partition_root = true);


ALTER PUBLICATION p_some OWNER TO postgres;

--
-- Name: p_where; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION p_where WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION p_where OWNER TO postgres;

--
-- Name: p_mixed t; Type: PUBLICATION TABLE; Schema: public; Owner: postgres
--

ALTER PUBLICATION p_mixed ADD TABLE ONLY public.t;


--
-- Name: p_one t; Type: PUBLICATION TABLE; Schema: public; Owner: pgreckon_c
--

ALTER PUBLICATION p_one ADD TABLE ONLY public.t;


--
-- Name: p_some t; Type: PUBLICATION TABLE; Schema: public; Owner: postgres
--

ALTER PUBLICATION p_some ADD TABLE ONLY public.t;


--
-- Name: p_where t; Type: PUBLICATION TABLE; Schema: public; Owner: postgres
--

ALTER PUBLICATION p_where ADD TABLE ONLY public.t (a, b) WHERE (((a > 10) AND (c = ANY (ARRAY['x'::text, 'y'::text]))));


--
-- Name: p_one u; Type: PUBLICATION TABLE; Schema: s; Owner: pgreckon_c
--

ALTER PUBLICATION p_one ADD TABLE ONLY s.u;


--
-- Name: p_schema public; Type: PUBLICATION TABLES IN SCHEMA; Schema: public; Owner: postgres
--

ALTER PUBLICATION p_schema ADD TABLES IN SCHEMA public;


--
-- Name: p_mixed s; Type: PUBLICATION TABLES IN SCHEMA; Schema: s; Owner: postgres
--

ALTER PUBLICATION p_mixed ADD TABLES IN SCHEMA s;


--
-- Name: p_schema s; Type: PUBLICATION TABLES IN SCHEMA; Schema: s; Owner: postgres
--

ALTER PUBLICATION p_schema ADD TABLES IN SCHEMA s;


--
-- Name: sub1; Type: SUBSCRIPTION; Schema: -; Owner: postgres
--

CREATE SUBSCRIPTION sub1 CONNECTION 'host=x dbname=y' PUBLICATION p1, "P 2" WITH (connect = false, slot_name = 'sub1');


ALTER SUBSCRIPTION sub1 OWNER TO postgres;

--
-- Name: SUBSCRIPTION sub1; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON SUBSCRIPTION sub1 IS 'subscription';


--
-- Name: sub2; Type: SUBSCRIPTION; Schema: -; Owner: postgres
--

CREATE SUBSCRIPTION sub2 CONNECTION 'dbname=''q''' PUBLICATION p1 WITH (connect = false, slot_name = NONE, synchronous_commit = remote_apply);


ALTER SUBSCRIPTION sub2 OWNER TO postgres;

--
-- Name: sub3; Type: SUBSCRIPTION; Schema: -; Owner: pgreckon_c
--

CREATE SUBSCRIPTION sub3 CONNECTION '' PUBLICATION p WITH (connect = false, slot_name = 'other');


ALTER SUBSCRIPTION sub3 OWNER TO pgreckon_c;

--
-- Name: sub4; Type: SUBSCRIPTION; Schema: -; Owner: postgres
--

CREATE SUBSCRIPTION sub4 CONNECTION 'dbname=z' PUBLICATION p WITH (connect = false, slot_name = NONE, binary = true, streaming = on);


ALTER SUBSCRIPTION sub4 OWNER TO postgres;

--
-- Name: sub5; Type: SUBSCRIPTION; Schema: -; Owner: postgres
--

CREATE SUBSCRIPTION sub5 CONNECTION 'dbname=z' PUBLICATION p WITH (connect = false, slot_name = NONE, two_phase = on, disable_on_error = true);


ALTER SUBSCRIPTION sub5 OWNER TO postgres;

--
-- Name: sub6; Type: SUBSCRIPTION; Schema: -; Owner: postgres
--

CREATE SUBSCRIPTION sub6 CONNECTION 'dbname=z' PUBLICATION p WITH (connect = false, slot_name = NONE, streaming = parallel, password_required = false, run_as_owner = true, origin = none);


ALTER SUBSCRIPTION sub6 OWNER TO postgres;

--
-- Name: sub7; Type: SUBSCRIPTION; Schema: -; Owner: postgres
--

CREATE SUBSCRIPTION sub7 CONNECTION 'dbname=z' PUBLICATION p WITH (connect = false, slot_name = NONE, failover = true);


ALTER SUBSCRIPTION sub7 OWNER TO postgres;

--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

