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
-- Name: Odd Schema; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA "Odd Schema";


ALTER SCHEMA "Odd Schema" OWNER TO postgres;

--
-- Name: public; Type: SCHEMA; Schema: -; Owner: pgreckon_c
--

-- *not* creating schema, since initdb creates it


ALTER SCHEMA public OWNER TO pgreckon_c;

--
-- Name: SCHEMA public; Type: COMMENT; Schema: -; Owner: pgreckon_c
--

COMMENT ON SCHEMA public IS 'another comment';


--
-- Name: s1; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA s1;


ALTER SCHEMA s1 OWNER TO postgres;

--
-- Name: s2; Type: SCHEMA; Schema: -; Owner: pgreckon_d
--

CREATE SCHEMA s2;


ALTER SCHEMA s2 OWNER TO pgreckon_d;

--
-- Name: hstore; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA s1;


--
-- Name: EXTENSION hstore; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION hstore IS 'data type for storing sets of (key, value) pairs';


--
-- Name: dom; Type: DOMAIN; Schema: s2; Owner: postgres
--

CREATE DOMAIN s2.dom AS integer DEFAULT 3
	CONSTRAINT dom_check CHECK ((VALUE > 0));


ALTER DOMAIN s2.dom OWNER TO postgres;

--
-- Name: ty; Type: TYPE; Schema: s2; Owner: postgres
--

CREATE TYPE s2.ty AS ENUM (
    'a'
);


ALTER TYPE s2.ty OWNER TO postgres;

--
-- Name: f(s2.ty); Type: FUNCTION; Schema: s1; Owner: postgres
--

CREATE FUNCTION s1.f(s2.ty) RETURNS integer
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION s1.f(s2.ty) OWNER TO postgres;

--
-- Name: FUNCTION f(s2.ty); Type: COMMENT; Schema: s1; Owner: postgres
--

COMMENT ON FUNCTION s1.f(s2.ty) IS 'fn';


--
-- Name: tf(); Type: FUNCTION; Schema: s1; Owner: postgres
--

CREATE FUNCTION s1.tf() RETURNS trigger
    LANGUAGE plpgsql
    AS $$BEGIN RETURN NEW; END$$;


ALTER FUNCTION s1.tf() OWNER TO postgres;

--
-- Name: agg(integer); Type: AGGREGATE; Schema: s1; Owner: postgres
--

CREATE AGGREGATE s1.agg(integer) (
    SFUNC = int4pl,
    STYPE = integer
);


ALTER AGGREGATE s1.agg(integer) OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: Odd Table; Type: TABLE; Schema: Odd Schema; Owner: postgres
--

CREATE TABLE "Odd Schema"."Odd Table" (
    "Odd Column" integer DEFAULT 3,
    "select" text,
    "table" integer,
    CONSTRAINT "Odd Check" CHECK (("Odd Column" > 0))
);


ALTER TABLE "Odd Schema"."Odd Table" OWNER TO postgres;

--
-- Name: Odd1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public."Odd1" (
    a integer
);


ALTER TABLE public."Odd1" OWNER TO postgres;

--
-- Name: mv; Type: MATERIALIZED VIEW; Schema: public; Owner: postgres
--

CREATE MATERIALIZED VIEW public.mv AS
 SELECT 1 AS a
  WITH NO DATA;


ALTER MATERIALIZED VIEW public.mv OWNER TO postgres;

--
-- Name: part; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.part (
    a integer
)
PARTITION BY LIST (a);


ALTER TABLE public.part OWNER TO postgres;

--
-- Name: part1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.part1 (
    a integer
);


ALTER TABLE public.part1 OWNER TO postgres;

--
-- Name: t_one; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.t_one (
    a integer
);


ALTER TABLE public.t_one OWNER TO postgres;

--
-- Name: t; Type: TABLE; Schema: s1; Owner: postgres
--

CREATE TABLE s1.t (
    a s2.ty,
    b integer NOT NULL,
    c integer NOT NULL,
    d text,
    CONSTRAINT t_d_check CHECK ((d <> ''::text))
);


ALTER TABLE s1.t OWNER TO postgres;

--
-- Name: TABLE t; Type: COMMENT; Schema: s1; Owner: postgres
--

COMMENT ON TABLE s1.t IS 'in s1';


--
-- Name: t_b_seq; Type: SEQUENCE; Schema: s1; Owner: postgres
--

CREATE SEQUENCE s1.t_b_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE s1.t_b_seq OWNER TO postgres;

--
-- Name: t_b_seq; Type: SEQUENCE OWNED BY; Schema: s1; Owner: postgres
--

ALTER SEQUENCE s1.t_b_seq OWNED BY s1.t.b;


--
-- Name: t_c_seq; Type: SEQUENCE; Schema: s1; Owner: postgres
--

ALTER TABLE s1.t ALTER COLUMN c ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME s1.t_c_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: seq; Type: SEQUENCE; Schema: s2; Owner: postgres
--

CREATE SEQUENCE s2.seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE s2.seq OWNER TO postgres;

--
-- Name: v; Type: VIEW; Schema: s2; Owner: postgres
--

CREATE VIEW s2.v AS
 SELECT t.b,
    x."Odd Column" AS o
   FROM (s1.t
     JOIN "Odd Schema"."Odd Table" x ON ((x."table" = t.b)));


ALTER VIEW s2.v OWNER TO postgres;

--
-- Name: part1; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.part ATTACH PARTITION public.part1 FOR VALUES IN (1);


--
-- Name: t b; Type: DEFAULT; Schema: s1; Owner: postgres
--

ALTER TABLE ONLY s1.t ALTER COLUMN b SET DEFAULT nextval('s1.t_b_seq'::regclass);


--
-- Name: Odd1 Odd1_a_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public."Odd1"
    ADD CONSTRAINT "Odd1_a_key" UNIQUE (a);


--
-- Name: t t_pkey; Type: CONSTRAINT; Schema: s1; Owner: postgres
--

ALTER TABLE ONLY s1.t
    ADD CONSTRAINT t_pkey PRIMARY KEY (b);


--
-- Name: part_a_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX part_a_idx ON ONLY public.part USING btree (a);


--
-- Name: part1_a_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX part1_a_idx ON public.part1 USING btree (a);


--
-- Name: t_one_a; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX t_one_a ON public.t_one USING btree (a);


--
-- Name: part1_a_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.part_a_idx ATTACH PARTITION public.part1_a_idx;


--
-- Name: st; Type: STATISTICS; Schema: s1; Owner: postgres
--

CREATE STATISTICS s1.st ON a, b FROM s1.t;


ALTER STATISTICS s1.st OWNER TO postgres;

--
-- Name: t ru; Type: RULE; Schema: s1; Owner: postgres
--

CREATE RULE ru AS
    ON DELETE TO s1.t DO INSTEAD NOTHING;


--
-- Name: t tr; Type: TRIGGER; Schema: s1; Owner: postgres
--

CREATE TRIGGER tr AFTER INSERT ON s1.t FOR EACH ROW EXECUTE FUNCTION s1.tf();


--
-- Name: Odd Table Odd Table_table_fkey; Type: FK CONSTRAINT; Schema: Odd Schema; Owner: postgres
--

ALTER TABLE ONLY "Odd Schema"."Odd Table"
    ADD CONSTRAINT "Odd Table_table_fkey" FOREIGN KEY ("table") REFERENCES s1.t(b);


--
-- Name: t pol; Type: POLICY; Schema: s1; Owner: postgres
--

CREATE POLICY pol ON s1.t USING ((b > 0));


--
-- Name: t; Type: ROW SECURITY; Schema: s1; Owner: postgres
--

ALTER TABLE s1.t ENABLE ROW LEVEL SECURITY;

--
-- Name: pub; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION pub WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION pub OWNER TO postgres;

--
-- Name: pub t; Type: PUBLICATION TABLE; Schema: s1; Owner: postgres
--

ALTER PUBLICATION pub ADD TABLE ONLY s1.t;


--
-- Name: TABLE t; Type: ACL; Schema: s1; Owner: postgres
--

GRANT SELECT ON TABLE s1.t TO pgreckon_d;


--
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: s1; Owner: postgres
--

ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA s1 GRANT SELECT ON TABLES TO pgreckon_d;


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

