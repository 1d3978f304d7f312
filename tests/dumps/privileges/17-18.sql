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
-- Name: s; Type: SCHEMA; Schema: -; Owner: pgreckon_c
--

CREATE SCHEMA s;


ALTER SCHEMA s OWNER TO pgreckon_c;

--
-- Name: SCHEMA s; Type: COMMENT; Schema: -; Owner: pgreckon_c
--

COMMENT ON SCHEMA s IS 'a schema';


--
-- Name: ty; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.ty AS ENUM (
    'x'
);


ALTER TYPE public.ty OWNER TO postgres;

--
-- Name: f(integer); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.f(integer) RETURNS integer
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION public.f(integer) OWNER TO postgres;

--
-- Name: g(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.g() RETURNS integer
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION public.g() OWNER TO postgres;

--
-- Name: w; Type: FOREIGN DATA WRAPPER; Schema: -; Owner: postgres
--

CREATE FOREIGN DATA WRAPPER w;


ALTER FOREIGN DATA WRAPPER w OWNER TO postgres;

--
-- Name: srv; Type: SERVER; Schema: -; Owner: postgres
--

CREATE SERVER srv FOREIGN DATA WRAPPER w;


ALTER SERVER srv OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: after_defaults; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.after_defaults (
    a integer
);


ALTER TABLE public.after_defaults OWNER TO postgres;

--
-- Name: seq; Type: SEQUENCE; Schema: public; Owner: postgres
--

CREATE SEQUENCE public.seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.seq OWNER TO postgres;

--
-- Name: t1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.t1 (
    a integer,
    b integer,
    "Odd" integer
);


ALTER TABLE public.t1 OWNER TO postgres;

--
-- Name: t2; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.t2 (
    a integer
);


ALTER TABLE public.t2 OWNER TO postgres;

--
-- Name: t3; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.t3 (
    a integer
);


ALTER TABLE public.t3 OWNER TO postgres;

--
-- Name: t4; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.t4 (
    a integer,
    b integer
);


ALTER TABLE public.t4 OWNER TO postgres;

--
-- Name: v; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v AS
 SELECT 1 AS a;


ALTER VIEW public.v OWNER TO postgres;

--
-- Name: after_defaults_seq; Type: SEQUENCE; Schema: s; Owner: postgres
--

CREATE SEQUENCE s.after_defaults_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE s.after_defaults_seq OWNER TO postgres;

--
-- Name: SCHEMA s; Type: ACL; Schema: -; Owner: pgreckon_c
--

GRANT USAGE ON SCHEMA s TO pgreckon_d;
GRANT CREATE ON SCHEMA s TO pgreckon_d WITH GRANT OPTION;


--
-- Name: LANGUAGE plpgsql; Type: ACL; Schema: -; Owner: postgres
--

REVOKE ALL ON LANGUAGE plpgsql FROM PUBLIC;
GRANT ALL ON LANGUAGE plpgsql TO pgreckon_c;


--
-- Name: TYPE ty; Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON TYPE public.ty FROM PUBLIC;
GRANT ALL ON TYPE public.ty TO pgreckon_c;


--
-- Name: FUNCTION f(integer); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.f(integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.f(integer) TO pgreckon_c;


--
-- Name: FUNCTION g(); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.g() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.g() FROM postgres;
GRANT ALL ON FUNCTION public.g() TO pgreckon_d WITH GRANT OPTION;


--
-- Name: FOREIGN DATA WRAPPER w; Type: ACL; Schema: -; Owner: postgres
--

GRANT ALL ON FOREIGN DATA WRAPPER w TO pgreckon_c;


--
-- Name: FOREIGN SERVER srv; Type: ACL; Schema: -; Owner: postgres
--

GRANT ALL ON FOREIGN SERVER srv TO pgreckon_d WITH GRANT OPTION;


--
-- Name: TABLE after_defaults; Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON TABLE public.after_defaults FROM postgres;
GRANT SELECT ON TABLE public.after_defaults TO pgreckon_c;


--
-- Name: SEQUENCE seq; Type: ACL; Schema: public; Owner: postgres
--

GRANT USAGE ON SEQUENCE public.seq TO pgreckon_c;
GRANT ALL ON SEQUENCE public.seq TO pgreckon_d;


--
-- Name: TABLE t1; Type: ACL; Schema: public; Owner: postgres
--

GRANT ALL ON TABLE public.t1 TO pgreckon_c;
GRANT SELECT,INSERT ON TABLE public.t1 TO PUBLIC;
GRANT UPDATE ON TABLE public.t1 TO pgreckon_d;
GRANT SELECT ON TABLE public.t1 TO pgreckon_d WITH GRANT OPTION;
SET SESSION AUTHORIZATION pgreckon_d;
GRANT SELECT ON TABLE public.t1 TO pgreckon_c;
RESET SESSION AUTHORIZATION;


--
-- Name: COLUMN t1."Odd"; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT("Odd"),REFERENCES("Odd") ON TABLE public.t1 TO PUBLIC;


--
-- Name: TABLE t2; Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON TABLE public.t2 FROM postgres;


--
-- Name: TABLE t3; Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON TABLE public.t3 FROM postgres;
GRANT SELECT,INSERT,REFERENCES,TRIGGER,MAINTAIN,UPDATE ON TABLE public.t3 TO postgres;
GRANT SELECT ON TABLE public.t3 TO pgreckon_c WITH GRANT OPTION;
GRANT ALL ON TABLE public.t3 TO pgreckon_d WITH GRANT OPTION;


--
-- Name: COLUMN t4.a; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT(a),UPDATE(a) ON TABLE public.t4 TO pgreckon_c;


--
-- Name: COLUMN t4.b; Type: ACL; Schema: public; Owner: postgres
--

GRANT UPDATE(b) ON TABLE public.t4 TO pgreckon_c;
GRANT ALL(b) ON TABLE public.t4 TO pgreckon_d WITH GRANT OPTION;


--
-- Name: TABLE v; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,UPDATE ON TABLE public.v TO pgreckon_c;


--
-- Name: COLUMN v.a; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT(a) ON TABLE public.v TO pgreckon_d;


--
-- Name: SEQUENCE after_defaults_seq; Type: ACL; Schema: s; Owner: postgres
--

GRANT ALL ON SEQUENCE s.after_defaults_seq TO pgreckon_d;


--
-- Name: DEFAULT PRIVILEGES FOR FUNCTIONS; Type: DEFAULT ACL; Schema: public; Owner: pgreckon_c
--

ALTER DEFAULT PRIVILEGES FOR ROLE pgreckon_c IN SCHEMA public GRANT ALL ON FUNCTIONS TO pgreckon_d WITH GRANT OPTION;


--
-- Name: DEFAULT PRIVILEGES FOR SEQUENCES; Type: DEFAULT ACL; Schema: s; Owner: postgres
--

ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA s GRANT ALL ON SEQUENCES TO pgreckon_d;


--
-- Name: DEFAULT PRIVILEGES FOR TYPES; Type: DEFAULT ACL; Schema: -; Owner: pgreckon_d
--

ALTER DEFAULT PRIVILEGES FOR ROLE pgreckon_d REVOKE ALL ON TYPES FROM PUBLIC;


--
-- Name: DEFAULT PRIVILEGES FOR FUNCTIONS; Type: DEFAULT ACL; Schema: -; Owner: pgreckon_d
--

ALTER DEFAULT PRIVILEGES FOR ROLE pgreckon_d REVOKE ALL ON FUNCTIONS FROM PUBLIC;


--
-- Name: DEFAULT PRIVILEGES FOR SCHEMAS; Type: DEFAULT ACL; Schema: -; Owner: postgres
--

ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT USAGE ON SCHEMAS TO PUBLIC;


--
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: -; Owner: postgres
--

ALTER DEFAULT PRIVILEGES FOR ROLE postgres REVOKE ALL ON TABLES FROM postgres;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT SELECT ON TABLES TO pgreckon_c;


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

