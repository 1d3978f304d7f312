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
-- Name: ext; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA ext;


ALTER SCHEMA ext OWNER TO postgres;

--
-- Name: btree_gist; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;


--
-- Name: EXTENSION btree_gist; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';


--
-- Name: citext; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;


--
-- Name: EXTENSION citext; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';


--
-- Name: hstore; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA ext;


--
-- Name: EXTENSION hstore; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION hstore IS 'own comment';


--
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;


--
-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';


--
-- Name: uuid-ossp; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA public;


--
-- Name: EXTENSION "uuid-ossp"; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION "uuid-ossp" IS 'generate universally unique identifiers (UUIDs)';


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: t; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.t (
    a ext.hstore,
    b public.citext,
    c uuid DEFAULT public.uuid_generate_v4(),
    d integer,
    e text,
    f public.citext DEFAULT 'x'::public.citext,
    CONSTRAINT t_f_check CHECK ((f OPERATOR(public.<>) 'y'::public.citext))
);


ALTER TABLE public.t OWNER TO postgres;

--
-- Name: v; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v AS
 SELECT (a OPERATOR(ext.->) 'k'::text) AS k,
    (b OPERATOR(public.=) 'x'::public.citext) AS bx,
    (e OPERATOR(public.%) 'y'::text) AS sim
   FROM public.t;


ALTER VIEW public.v OWNER TO postgres;

--
-- Name: t t_d_e_excl; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.t
    ADD CONSTRAINT t_d_e_excl EXCLUDE USING gist (d WITH =, e WITH <>);


--
-- Name: t_a_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX t_a_idx ON public.t USING gist (a);


--
-- Name: t_e_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX t_e_idx ON public.t USING gin (e public.gin_trgm_ops);


--
-- Name: t_lower_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX t_lower_idx ON public.t USING btree (lower((b)::text));


--
-- Name: FUNCTION uuid_generate_v1(); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.uuid_generate_v1() FROM PUBLIC;


--
-- Name: FUNCTION uuid_generate_v4(); Type: ACL; Schema: public; Owner: postgres
--

GRANT ALL ON FUNCTION public.uuid_generate_v4() TO pgreckon_c;


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

