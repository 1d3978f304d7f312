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
-- Name: other; Type: SCHEMA; Schema: -; Owner: pgreckon_d
--

CREATE SCHEMA other;


ALTER SCHEMA other OWNER TO pgreckon_d;

--
-- Name: pair; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.pair AS (
	x integer,
	y text
);


ALTER TYPE public.pair OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: plain; Type: TABLE; Schema: public; Owner: pgreckon_c
--

CREATE TABLE public.plain (
    a integer,
    b text NOT NULL,
    c numeric(10,2) DEFAULT 0,
    d timestamp with time zone DEFAULT now()
);


ALTER TABLE public.plain OWNER TO pgreckon_c;

--
-- Name: TABLE plain; Type: COMMENT; Schema: public; Owner: pgreckon_c
--

COMMENT ON TABLE public.plain IS 'a plain table with ''quotes'' and \ backslash';


--
-- Name: COLUMN plain.b; Type: COMMENT; Schema: public; Owner: pgreckon_c
--

COMMENT ON COLUMN public.plain.b IS 'text';


--
-- Name: plain; Type: TABLE; Schema: other; Owner: postgres
--

CREATE TABLE other.plain (
    a integer,
    b public.plain[]
);


ALTER TABLE other.plain OWNER TO postgres;

--
-- Name: COLUMN plain.a; Type: COMMENT; Schema: other; Owner: postgres
--

COMMENT ON COLUMN other.plain.a IS 'line one
line two';


--
-- Name: clustered; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.clustered (
    a integer NOT NULL,
    b integer
);


ALTER TABLE public.clustered OWNER TO postgres;

--
-- Name: clustered2; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.clustered2 (
    a integer NOT NULL,
    b integer
);


ALTER TABLE public.clustered2 OWNER TO postgres;

--
-- Name: collated; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.collated (
    a text COLLATE pg_catalog."C",
    b text DEFAULT 'x'::text NOT NULL COLLATE pg_catalog."POSIX",
    c character varying(3) COLLATE pg_catalog."C"
);


ALTER TABLE public.collated OWNER TO postgres;

--
-- Name: copy_like; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.copy_like (
    a integer,
    b text NOT NULL,
    c numeric(10,2) DEFAULT 0,
    d timestamp with time zone DEFAULT now()
);


ALTER TABLE public.copy_like OWNER TO postgres;

--
-- Name: COLUMN copy_like.b; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON COLUMN public.copy_like.b IS 'text';


--
-- Name: dropped; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.dropped (
    a integer,
    c integer
);


ALTER TABLE public.dropped OWNER TO postgres;

--
-- Name: ident_full; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.ident_full (
    a integer NOT NULL,
    b integer NOT NULL
);

ALTER TABLE ONLY public.ident_full REPLICA IDENTITY FULL;


ALTER TABLE public.ident_full OWNER TO postgres;

--
-- Name: ident_index; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.ident_index (
    a integer NOT NULL,
    b integer NOT NULL
);


ALTER TABLE public.ident_index OWNER TO postgres;

--
-- Name: ident_nothing; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.ident_nothing (
    a integer
);

ALTER TABLE ONLY public.ident_nothing REPLICA IDENTITY NOTHING;


ALTER TABLE public.ident_nothing OWNER TO postgres;

--
-- Name: nothing; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.nothing (
);


ALTER TABLE public.nothing OWNER TO postgres;

--
-- Name: storages; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.storages (
    a text,
    b text,
    c text,
    d bytea
);
ALTER TABLE ONLY public.storages ALTER COLUMN a SET STATISTICS 100;
ALTER TABLE ONLY public.storages ALTER COLUMN a SET STORAGE PLAIN;
ALTER TABLE ONLY public.storages ALTER COLUMN b SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.storages ALTER COLUMN b SET (n_distinct=5, n_distinct_inherited=-0.5);
ALTER TABLE ONLY public.storages ALTER COLUMN c SET STORAGE MAIN;


ALTER TABLE public.storages OWNER TO postgres;

--
-- Name: typed; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.typed OF public.pair;


ALTER TABLE public.typed OWNER TO postgres;

--
-- Name: typed2; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.typed2 OF public.pair (
    x DEFAULT 4 NOT NULL,
    CONSTRAINT typed2_x_check CHECK ((x > 0))
);


ALTER TABLE public.typed2 OWNER TO postgres;

--
-- Name: unlogged; Type: TABLE; Schema: public; Owner: postgres
--

CREATE UNLOGGED TABLE public.unlogged (
    a integer
);


ALTER TABLE public.unlogged OWNER TO postgres;

--
-- Name: wide; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.wide (
    i2 smallint,
    i8 bigint,
    r real,
    d double precision,
    n numeric,
    n1 numeric(5,0),
    bo boolean,
    ch character(1),
    ch5 character(5),
    v character varying,
    v9 character varying(9),
    t time without time zone,
    t3 time(3) without time zone,
    tz time with time zone,
    ts timestamp without time zone,
    ts2 timestamp(2) without time zone,
    da date,
    iv interval,
    iv2 interval year to month,
    iv3 interval second(3),
    by bytea,
    u uuid,
    j json,
    jb jsonb,
    x xml,
    i inet,
    ci cidr,
    m macaddr,
    m8 macaddr8,
    bi bit(1),
    bi3 bit(3),
    vb bit varying,
    vb4 bit varying(4),
    p point,
    l line,
    ls lseg,
    bx box,
    pa path,
    po polygon,
    c circle,
    tv tsvector,
    tq tsquery,
    na name,
    o oid,
    rc regclass,
    ia integer[],
    ia2 integer[],
    va character varying(7)[],
    ir int4range,
    mo money,
    qc "char",
    tsn txid_snapshot,
    pl pg_lsn
);


ALTER TABLE public.wide OWNER TO postgres;

--
-- Name: with_params; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.with_params (
    a integer,
    b text
)
WITH (fillfactor='70', autovacuum_enabled='false', toast.autovacuum_enabled=off);


ALTER TABLE public.with_params OWNER TO postgres;

--
-- Name: clustered2 clustered2_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.clustered2
    ADD CONSTRAINT clustered2_pkey PRIMARY KEY (a);

ALTER TABLE public.clustered2 CLUSTER ON clustered2_pkey;


--
-- Name: clustered clustered_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.clustered
    ADD CONSTRAINT clustered_pkey PRIMARY KEY (a);


--
-- Name: ident_full ident_full_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.ident_full
    ADD CONSTRAINT ident_full_pkey PRIMARY KEY (a);


--
-- Name: ident_index ident_index_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.ident_index
    ADD CONSTRAINT ident_index_pkey PRIMARY KEY (b);


--
-- Name: clustered_b; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX clustered_b ON public.clustered USING btree (b);

ALTER TABLE public.clustered CLUSTER ON clustered_b;


--
-- Name: ident_index_a; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX ident_index_a ON public.ident_index USING btree (a);

ALTER TABLE ONLY public.ident_index REPLICA IDENTITY USING INDEX ident_index_a;


--
-- Name: TABLE plain; Type: ACL; Schema: public; Owner: pgreckon_c
--

GRANT SELECT ON TABLE public.plain TO pgreckon_d;


--
-- Name: COLUMN plain.a; Type: ACL; Schema: public; Owner: pgreckon_c
--

GRANT INSERT(a) ON TABLE public.plain TO pgreckon_d;


--
-- Name: COLUMN plain.b; Type: ACL; Schema: public; Owner: pgreckon_c
--

GRANT INSERT(b) ON TABLE public.plain TO pgreckon_d;


--
-- Name: COLUMN plain.c; Type: ACL; Schema: public; Owner: pgreckon_c
--

GRANT UPDATE(c) ON TABLE public.plain TO pgreckon_d;


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

