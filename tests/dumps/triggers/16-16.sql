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
-- Name: evt(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.evt() RETURNS event_trigger
    LANGUAGE plpgsql
    AS $$BEGIN END$$;


ALTER FUNCTION public.evt() OWNER TO postgres;

--
-- Name: trg(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.trg() RETURNS trigger
    LANGUAGE plpgsql
    AS $$BEGIN RETURN NEW; END$$;


ALTER FUNCTION public.trg() OWNER TO postgres;

SET default_tablespace = '';

--
-- Name: p; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.p (
    a integer,
    b integer
)
PARTITION BY LIST (a);


ALTER TABLE public.p OWNER TO postgres;

SET default_table_access_method = heap;

--
-- Name: p1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.p1 (
    a integer,
    b integer
);


ALTER TABLE public.p1 OWNER TO postgres;

--
-- Name: p2; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.p2 (
    a integer,
    b integer
);


ALTER TABLE public.p2 OWNER TO postgres;

--
-- Name: t; Type: TABLE; Schema: public; Owner: pgreckon_c
--

CREATE TABLE public.t (
    id integer NOT NULL,
    a text,
    b integer
);


ALTER TABLE public.t OWNER TO pgreckon_c;

--
-- Name: u; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.u (
    id integer
);

ALTER TABLE ONLY public.u FORCE ROW LEVEL SECURITY;


ALTER TABLE public.u OWNER TO postgres;

--
-- Name: v; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v AS
 SELECT id,
    a,
    b
   FROM public.t;


ALTER VIEW public.v OWNER TO postgres;

--
-- Name: p1; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.p ATTACH PARTITION public.p1 FOR VALUES IN (1);


--
-- Name: p2; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.p ATTACH PARTITION public.p2 FOR VALUES IN (2);


--
-- Name: t t_pkey; Type: CONSTRAINT; Schema: public; Owner: pgreckon_c
--

ALTER TABLE ONLY public.t
    ADD CONSTRAINT t_pkey PRIMARY KEY (id);


--
-- Name: t Odd Trigger; Type: TRIGGER; Schema: public; Owner: pgreckon_c
--

CREATE TRIGGER "Odd Trigger" AFTER INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.trg();


--
-- Name: p pt; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER pt AFTER INSERT ON public.p FOR EACH ROW EXECUTE FUNCTION public.trg();


--
-- Name: p1 pt; Type: TRIGGER; Schema: public; Owner: postgres
--


ALTER TABLE public.p1 DISABLE TRIGGER pt;


--
-- Name: t t1; Type: TRIGGER; Schema: public; Owner: pgreckon_c
--

CREATE TRIGGER t1 BEFORE INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.trg();

ALTER TABLE public.t DISABLE TRIGGER t1;


--
-- Name: TRIGGER t1 ON t; Type: COMMENT; Schema: public; Owner: pgreckon_c
--

COMMENT ON TRIGGER t1 ON public.t IS 'a trigger';


--
-- Name: t t10; Type: TRIGGER; Schema: public; Owner: pgreckon_c
--

CREATE TRIGGER t10 BEFORE INSERT ON public.t FOR EACH ROW WHEN (((new.a = ANY (ARRAY['x'::text, 'y'::text])) OR (pg_trigger_depth() = 0))) EXECUTE FUNCTION public.trg();


--
-- Name: t t2; Type: TRIGGER; Schema: public; Owner: pgreckon_c
--

CREATE TRIGGER t2 AFTER DELETE OR UPDATE OF a, b ON public.t FOR EACH STATEMENT EXECUTE FUNCTION public.trg('x', 'it''s', '3');

ALTER TABLE public.t ENABLE ALWAYS TRIGGER t2;


--
-- Name: t t3; Type: TRIGGER; Schema: public; Owner: pgreckon_c
--

CREATE TRIGGER t3 BEFORE UPDATE ON public.t FOR EACH ROW WHEN (((old.a IS DISTINCT FROM new.a) AND (new.b > 0))) EXECUTE FUNCTION public.trg();

ALTER TABLE public.t ENABLE REPLICA TRIGGER t3;


--
-- Name: t t4; Type: TRIGGER; Schema: public; Owner: pgreckon_c
--

CREATE TRIGGER t4 AFTER TRUNCATE ON public.t FOR EACH STATEMENT EXECUTE FUNCTION public.trg();


--
-- Name: v t5; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER t5 INSTEAD OF INSERT ON public.v FOR EACH ROW EXECUTE FUNCTION public.trg();


--
-- Name: t t6; Type: TRIGGER; Schema: public; Owner: pgreckon_c
--

CREATE TRIGGER t6 AFTER UPDATE ON public.t REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION public.trg();


--
-- Name: t t7; Type: TRIGGER; Schema: public; Owner: pgreckon_c
--

CREATE CONSTRAINT TRIGGER t7 AFTER INSERT ON public.t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.trg();


--
-- Name: t t8; Type: TRIGGER; Schema: public; Owner: pgreckon_c
--

CREATE CONSTRAINT TRIGGER t8 AFTER UPDATE ON public.t FROM public.u NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((new.b = 1)) EXECUTE FUNCTION public.trg();


--
-- Name: t t9; Type: TRIGGER; Schema: public; Owner: pgreckon_c
--

CREATE TRIGGER t9 BEFORE UPDATE ON public.t FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.trg();


--
-- Name: u Odd Policy; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY "Odd Policy" ON public.u USING (true);


--
-- Name: t pol1; Type: POLICY; Schema: public; Owner: pgreckon_c
--

CREATE POLICY pol1 ON public.t USING ((a = CURRENT_USER));


--
-- Name: POLICY pol1 ON t; Type: COMMENT; Schema: public; Owner: pgreckon_c
--

COMMENT ON POLICY pol1 ON public.t IS 'a policy';


--
-- Name: t pol2; Type: POLICY; Schema: public; Owner: pgreckon_c
--

CREATE POLICY pol2 ON public.t AS RESTRICTIVE FOR SELECT TO pgreckon_c, pgreckon_d USING ((b > 0));


--
-- Name: t pol3; Type: POLICY; Schema: public; Owner: pgreckon_c
--

CREATE POLICY pol3 ON public.t FOR INSERT WITH CHECK ((b = ANY (ARRAY[1, 2])));


--
-- Name: t pol4; Type: POLICY; Schema: public; Owner: pgreckon_c
--

CREATE POLICY pol4 ON public.t FOR UPDATE TO pgreckon_d USING ((EXISTS ( SELECT 1
   FROM public.u
  WHERE (u.id = t.id)))) WITH CHECK ((a IS NOT NULL));


--
-- Name: t pol5; Type: POLICY; Schema: public; Owner: pgreckon_c
--

CREATE POLICY pol5 ON public.t FOR DELETE USING ((id IN ( SELECT u.id
   FROM public.u
  WHERE (u.id > 5))));


--
-- Name: t; Type: ROW SECURITY; Schema: public; Owner: pgreckon_c
--

ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;

--
-- Name: e1; Type: EVENT TRIGGER; Schema: -; Owner: postgres
--

CREATE EVENT TRIGGER e1 ON ddl_command_end
   EXECUTE FUNCTION public.evt();


ALTER EVENT TRIGGER e1 OWNER TO postgres;

--
-- Name: EVENT TRIGGER e1; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON EVENT TRIGGER e1 IS 'an event trigger';


--
-- Name: e2; Type: EVENT TRIGGER; Schema: -; Owner: postgres
--

CREATE EVENT TRIGGER e2 ON ddl_command_start
         WHEN TAG IN ('CREATE TABLE', 'DROP TABLE')
   EXECUTE FUNCTION public.evt();

ALTER EVENT TRIGGER e2 DISABLE;


ALTER EVENT TRIGGER e2 OWNER TO postgres;

--
-- Name: e3; Type: EVENT TRIGGER; Schema: -; Owner: postgres
--

CREATE EVENT TRIGGER e3 ON sql_drop
   EXECUTE FUNCTION public.evt();

ALTER EVENT TRIGGER e3 ENABLE ALWAYS;


ALTER EVENT TRIGGER e3 OWNER TO postgres;

--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

