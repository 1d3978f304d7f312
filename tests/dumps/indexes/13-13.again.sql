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
-- Name: t; Type: TABLE; Schema: public; Owner: pgreckon_c
--

CREATE TABLE public.t (
    a integer,
    b text,
    c text COLLATE pg_catalog."C",
    d jsonb,
    e tsvector,
    f point,
    g integer[],
    h timestamp with time zone,
    i inet,
    j character varying(20)
);


ALTER TABLE public.t OWNER TO pgreckon_c;

--
-- Name: mv; Type: MATERIALIZED VIEW; Schema: public; Owner: postgres
--

CREATE MATERIALIZED VIEW public.mv AS
 SELECT t.a,
    t.b
   FROM public.t
  WITH NO DATA;


ALTER TABLE public.mv OWNER TO postgres;

--
-- Name: Odd Index; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX "Odd Index" ON public.t USING btree (upper(b));


--
-- Name: i1; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i1 ON public.t USING btree (a DESC, b NULLS FIRST, c DESC NULLS LAST);


--
-- Name: INDEX i1; Type: COMMENT; Schema: public; Owner: pgreckon_c
--

COMMENT ON INDEX public.i1 IS 'the first';


--
-- Name: i10; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i10 ON public.t USING brin (h) WITH (pages_per_range='32');


--
-- Name: i11; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i11 ON public.t USING btree (a) INCLUDE (b, c);


--
-- Name: i12; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i12 ON public.t USING btree (a) WHERE ((b IS NOT NULL) AND ((j)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text])));


--
-- Name: i13; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i13 ON public.t USING btree (a) WITH (fillfactor='70', deduplicate_items=off);


--
-- Name: i14; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE UNIQUE INDEX i14 ON public.t USING btree (lower((j)::text) text_pattern_ops DESC) WHERE (((a > 10) OR (a < 5)) AND (NOT (b = 'z'::text)));


--
-- Name: i15; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i15 ON public.t USING gin (to_tsvector('english'::regconfig, b), g);


--
-- Name: i16; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i16 ON public.t USING gist (e tsvector_ops (siglen='100'));


--
-- Name: i17; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i17 ON public.t USING btree (date_trunc('day'::text, timezone('UTC'::text, h)), ((d ->> 'k'::text)), (((d -> 'a'::text) ->> 'b'::text)));


--
-- Name: i18; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i18 ON public.t USING btree ((
CASE
    WHEN (a > 0) THEN b
    ELSE c
END), COALESCE(b, ''::text), ((a)::text));


--
-- Name: i19; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i19 ON public.t USING btree (lower(b) COLLATE "C");


--
-- Name: i2; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i2 ON public.t USING btree (b text_pattern_ops, j varchar_pattern_ops);


--
-- Name: i3; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i3 ON public.t USING btree (b COLLATE "C", c COLLATE "POSIX", c);


--
-- Name: i4; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i4 ON public.t USING btree (lower(b), ((a + 1)), ((b || c)));
ALTER INDEX public.i4 ALTER COLUMN 2 SET STATISTICS 500;


--
-- Name: i5; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i5 ON public.t USING hash (a);


--
-- Name: i6; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i6 ON public.t USING gin (d);


--
-- Name: i7; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i7 ON public.t USING gin (d jsonb_path_ops) WITH (fastupdate=off);


--
-- Name: i8; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i8 ON public.t USING gist (f);


--
-- Name: i9; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX i9 ON public.t USING spgist (f kd_point_ops);


--
-- Name: mv_a; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX mv_a ON public.mv USING btree (a);


--
-- Name: t_a_idx; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX t_a_idx ON public.t USING btree (a);


--
-- Name: u1; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE UNIQUE INDEX u1 ON public.t USING btree (a, b);


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

