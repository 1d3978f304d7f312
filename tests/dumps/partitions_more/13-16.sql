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
-- Name: tf(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.tf() RETURNS trigger
    LANGUAGE plpgsql
    AS $$begin return null; end$$;


ALTER FUNCTION public.tf() OWNER TO postgres;

SET default_tablespace = '';

--
-- Name: p; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.p (
    id integer NOT NULL,
    k text,
    ts timestamp with time zone NOT NULL,
    v numeric DEFAULT 0,
    CONSTRAINT v_pos CHECK ((v >= (0)::numeric))
)
PARTITION BY RANGE (ts);


ALTER TABLE public.p OWNER TO postgres;

SET default_table_access_method = heap;

--
-- Name: att; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.att (
    v numeric DEFAULT NULL,
    ts timestamp with time zone NOT NULL,
    k text,
    id integer NOT NULL,
    CONSTRAINT v_pos CHECK ((v >= (0)::numeric))
);


ALTER TABLE public.att OWNER TO postgres;

--
-- Name: bp; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.bp (
    a integer,
    b date
)
PARTITION BY RANGE (a, b);


ALTER TABLE public.bp OWNER TO postgres;

--
-- Name: bp1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.bp1 (
    a integer,
    b date
);


ALTER TABLE public.bp1 OWNER TO postgres;

--
-- Name: bp2; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.bp2 (
    a integer,
    b date
);


ALTER TABLE public.bp2 OWNER TO postgres;

--
-- Name: h; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.h (
    a integer,
    b text
)
PARTITION BY HASH (a, lower(b) text_pattern_ops);


ALTER TABLE public.h OWNER TO postgres;

--
-- Name: h0; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.h0 (
    a integer,
    b text
);


ALTER TABLE public.h0 OWNER TO postgres;

--
-- Name: h1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.h1 (
    a integer,
    b text
)
WITH (fillfactor='70');


ALTER TABLE public.h1 OWNER TO postgres;

--
-- Name: l; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.l (
    a text COLLATE pg_catalog."C",
    b integer NOT NULL
)
PARTITION BY LIST (a COLLATE "POSIX");


ALTER TABLE public.l OWNER TO postgres;

--
-- Name: l1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.l1 (
    a text COLLATE pg_catalog."C",
    b integer NOT NULL
);


ALTER TABLE public.l1 OWNER TO postgres;

--
-- Name: l2; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.l2 (
    a text DEFAULT 'y'::text COLLATE pg_catalog."C",
    b integer NOT NULL
);


ALTER TABLE public.l2 OWNER TO postgres;

--
-- Name: l_b_seq; Type: SEQUENCE; Schema: public; Owner: postgres
--

ALTER TABLE public.l ALTER COLUMN b ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.l_b_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: p1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.p1 (
    id integer NOT NULL,
    k text,
    ts timestamp with time zone NOT NULL,
    v numeric DEFAULT 0,
    CONSTRAINT v_pos CHECK ((v >= (0)::numeric))
);

ALTER TABLE ONLY public.p1 REPLICA IDENTITY FULL;


ALTER TABLE public.p1 OWNER TO postgres;

--
-- Name: TABLE p1; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON TABLE public.p1 IS 'first';


--
-- Name: p2; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.p2 (
    id integer NOT NULL,
    k text,
    ts timestamp with time zone NOT NULL,
    v numeric DEFAULT 7,
    CONSTRAINT p2x CHECK ((id > 0)),
    CONSTRAINT v_pos CHECK ((v >= (0)::numeric))
)
PARTITION BY LIST (k);


ALTER TABLE public.p2 OWNER TO postgres;

--
-- Name: p2a; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.p2a (
    id integer NOT NULL,
    k text,
    ts timestamp with time zone NOT NULL,
    v numeric DEFAULT 7,
    CONSTRAINT p2x CHECK ((id > 0)),
    CONSTRAINT v_pos CHECK ((v >= (0)::numeric))
);
ALTER TABLE ONLY public.p2a ALTER COLUMN k SET STATISTICS 55;
ALTER TABLE ONLY public.p2a ALTER COLUMN k SET STORAGE EXTERNAL;


ALTER TABLE public.p2a OWNER TO postgres;

--
-- Name: p2d; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.p2d (
    id integer NOT NULL,
    k text,
    ts timestamp with time zone NOT NULL,
    v numeric DEFAULT 7,
    CONSTRAINT p2x CHECK ((id > 0)),
    CONSTRAINT v_pos CHECK ((v >= (0)::numeric))
);


ALTER TABLE public.p2d OWNER TO postgres;

--
-- Name: pref; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.pref (
    a integer,
    ts timestamp with time zone
)
PARTITION BY LIST (a);


ALTER TABLE public.pref OWNER TO postgres;

--
-- Name: pref1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.pref1 (
    a integer,
    ts timestamp with time zone
);


ALTER TABLE public.pref1 OWNER TO postgres;

--
-- Name: att; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.p ATTACH PARTITION public.att FOR VALUES FROM (MINVALUE) TO ('2020-01-01 00:00:00+00');


--
-- Name: bp1; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.bp ATTACH PARTITION public.bp1 FOR VALUES FROM (1, MINVALUE) TO (10, '2020-02-03');


--
-- Name: bp2; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.bp ATTACH PARTITION public.bp2 FOR VALUES FROM ('-5', '2020-01-01') TO (0, MAXVALUE);


--
-- Name: h0; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.h ATTACH PARTITION public.h0 FOR VALUES WITH (modulus 2, remainder 0);


--
-- Name: h1; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.h ATTACH PARTITION public.h1 FOR VALUES WITH (modulus 2, remainder 1);


--
-- Name: l1; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.l ATTACH PARTITION public.l1 FOR VALUES IN ('x');


--
-- Name: l2; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.l ATTACH PARTITION public.l2 FOR VALUES IN ('y');


--
-- Name: p1; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.p ATTACH PARTITION public.p1 FOR VALUES FROM ('2020-01-01 00:00:00+00') TO ('2021-01-01 00:00:00+00');


--
-- Name: p2; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.p ATTACH PARTITION public.p2 FOR VALUES FROM ('2021-01-01 00:00:00+00') TO (MAXVALUE);


--
-- Name: p2a; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.p2 ATTACH PARTITION public.p2a FOR VALUES IN ('a', 'b', NULL);


--
-- Name: p2d; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.p2 ATTACH PARTITION public.p2d DEFAULT;


--
-- Name: pref1; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pref ATTACH PARTITION public.pref1 FOR VALUES IN (1);


--
-- Name: att att_pk; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.att
    ADD CONSTRAINT att_pk PRIMARY KEY (id, ts);


--
-- Name: p2 p2_k_id_ts_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.p2
    ADD CONSTRAINT p2_k_id_ts_key UNIQUE (k, id, ts);


--
-- Name: p2a p2a_k_id_ts_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.p2a
    ADD CONSTRAINT p2a_k_id_ts_key UNIQUE (k, id, ts);


--
-- Name: p2d p2d_k_id_ts_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.p2d
    ADD CONSTRAINT p2d_k_id_ts_key UNIQUE (k, id, ts);


--
-- Name: p_kk; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX p_kk ON ONLY public.p USING btree (k);


--
-- Name: att_k_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX att_k_idx ON public.att USING btree (k);


--
-- Name: p_only; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX p_only ON ONLY public.p USING btree (v);


--
-- Name: att_v_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX att_v_idx ON public.att USING btree (v);


--
-- Name: p1_k_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX p1_k_idx ON public.p1 USING btree (k);

ALTER TABLE public.p1 CLUSTER ON p1_k_idx;


--
-- Name: p1_v; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX p1_v ON public.p1 USING btree (v);


--
-- Name: p2_k_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX p2_k_idx ON ONLY public.p2 USING btree (k);


--
-- Name: p2a_k_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX p2a_k_idx ON public.p2a USING btree (k);


--
-- Name: p2d_k_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX p2d_k_idx ON public.p2d USING btree (k);


--
-- Name: att_k_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.p_kk ATTACH PARTITION public.att_k_idx;


--
-- Name: att_v_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.p_only ATTACH PARTITION public.att_v_idx;


--
-- Name: p1_k_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.p_kk ATTACH PARTITION public.p1_k_idx;


--
-- Name: p1_v; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.p_only ATTACH PARTITION public.p1_v;


--
-- Name: p2_k_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.p_kk ATTACH PARTITION public.p2_k_idx;


--
-- Name: p2a_k_id_ts_key; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.p2_k_id_ts_key ATTACH PARTITION public.p2a_k_id_ts_key;


--
-- Name: p2a_k_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.p2_k_idx ATTACH PARTITION public.p2a_k_idx;


--
-- Name: p2d_k_id_ts_key; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.p2_k_id_ts_key ATTACH PARTITION public.p2d_k_id_ts_key;


--
-- Name: p2d_k_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.p2_k_idx ATTACH PARTITION public.p2d_k_idx;


--
-- Name: st; Type: STATISTICS; Schema: public; Owner: postgres
--

CREATE STATISTICS public.st ON id, k FROM public.p;


ALTER STATISTICS public.st OWNER TO postgres;

--
-- Name: p tr; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER tr AFTER INSERT ON public.p FOR EACH ROW EXECUTE FUNCTION public.tf();

ALTER TABLE public.p DISABLE TRIGGER tr;


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

