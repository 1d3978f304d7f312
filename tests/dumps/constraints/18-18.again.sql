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
-- Name: positive(integer); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.positive(integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT $1 > 0$_$;


ALTER FUNCTION public.positive(integer) OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: checks; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.checks (
    a integer,
    b character varying(10),
    c text,
    d text,
    e numeric,
    f date,
    g timestamp with time zone,
    h integer[],
    i jsonb,
    CONSTRAINT checks_a_check CHECK ((a = ANY (ARRAY[1, 2, 3]))),
    CONSTRAINT checks_a_check1 CHECK (((COALESCE(a, 0) + 1) > 0)),
    CONSTRAINT checks_a_check2 CHECK ((a IS DISTINCT FROM 5)),
    CONSTRAINT checks_b_check CHECK (((b)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text]))),
    CONSTRAINT checks_b_check1 CHECK (((b)::text = ANY (ARRAY['x'::text, 'y'::text]))),
    CONSTRAINT checks_c_check CHECK (((c ~ '^[a-z]+$'::text) AND ((length(c) >= 1) AND (length(c) <= 10)))),
    CONSTRAINT checks_check CHECK (
CASE
    WHEN (a = 1) THEN ((b)::text = 'x'::text)
    ELSE (c IS NOT NULL)
END),
    CONSTRAINT checks_check1 CHECK (((a IS NULL) <> (b IS NULL))),
    CONSTRAINT checks_check2 CHECK (((NOT ((a = 1) AND ((b)::text = 'y'::text))) OR (c = 'z'::text))),
    CONSTRAINT checks_check3 CHECK ((num_nonnulls(a, b, c) = 1)),
    CONSTRAINT checks_check4 CHECK (((a = 1) AND (e = (2)::numeric))),
    CONSTRAINT checks_check5 CHECK (((a)::text = c)),
    CONSTRAINT checks_check6 CHECK (((g AT TIME ZONE 'UTC'::text) > f)),
    CONSTRAINT checks_d_check CHECK (((d ~~ 'a%'::text) OR (d !~~ '%b'::text))),
    CONSTRAINT checks_e_check CHECK (((e > 0.5) AND (e <= (100)::numeric))),
    CONSTRAINT checks_f_check CHECK ((f > '2000-01-01'::date)),
    CONSTRAINT checks_f_check1 CHECK (((f + 1) > CURRENT_DATE)),
    CONSTRAINT checks_g_check CHECK ((g < '2030-01-01 00:00:00+00'::timestamp with time zone)),
    CONSTRAINT checks_h_check CHECK ((array_length(h, 1) = 3)),
    CONSTRAINT checks_i_check CHECK (((i ? 'k'::text) AND ((i ->> 'k'::text) <> ''::text)))
);


ALTER TABLE public.checks OWNER TO postgres;

--
-- Name: enf; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.enf (
    a integer,
    b integer,
    c integer CONSTRAINT cn NOT NULL NO INHERIT
);


ALTER TABLE public.enf OWNER TO postgres;

--
-- Name: nnd; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.nnd (
    a integer,
    b integer
);


ALTER TABLE public.nnd OWNER TO postgres;

--
-- Name: nnv; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.nnv (
    a integer,
    b integer
);


ALTER TABLE public.nnv OWNER TO postgres;

--
-- Name: notnulls; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.notnulls (
    a integer CONSTRAINT my_name NOT NULL,
    b integer CONSTRAINT notnulls_b_not_null NOT NULL
);


ALTER TABLE public.notnulls OWNER TO postgres;

--
-- Name: CONSTRAINT notnulls_b_not_null ON notnulls; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON CONSTRAINT notnulls_b_not_null ON public.notnulls IS 'a usual name';


--
-- Name: p; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.p (
    a integer NOT NULL,
    b integer,
    c text
);


ALTER TABLE public.p OWNER TO postgres;

--
-- Name: p2; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.p2 (
    a integer NOT NULL,
    b integer NOT NULL,
    c integer
);


ALTER TABLE public.p2 OWNER TO postgres;

--
-- Name: params; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.params (
    a integer NOT NULL,
    b integer
);


ALTER TABLE public.params OWNER TO postgres;

--
-- Name: q; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.q (
    a integer,
    b integer,
    c integer,
    d integer,
    e integer,
    f integer,
    CONSTRAINT named CHECK (((e > d) AND (f IS NOT NULL))) NO INHERIT,
    CONSTRAINT q_d_check CHECK ((d > 0))
);


ALTER TABLE public.q OWNER TO postgres;

--
-- Name: CONSTRAINT named ON q; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON CONSTRAINT named ON public.q IS 'inline';


--
-- Name: ring1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.ring1 (
    id integer NOT NULL,
    other integer
);


ALTER TABLE public.ring1 OWNER TO postgres;

--
-- Name: ring2; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.ring2 (
    id integer NOT NULL,
    other integer
);


ALTER TABLE public.ring2 OWNER TO postgres;

--
-- Name: selfref; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.selfref (
    id integer NOT NULL,
    parent integer
);


ALTER TABLE public.selfref OWNER TO postgres;

--
-- Name: setcols; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.setcols (
    a integer,
    b integer,
    c integer
);


ALTER TABLE public.setcols OWNER TO postgres;

--
-- Name: temporal; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.temporal (
    id int4range NOT NULL,
    during daterange NOT NULL
);


ALTER TABLE public.temporal OWNER TO postgres;

--
-- Name: temporal_fk; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.temporal_fk (
    id int4range,
    during daterange
);


ALTER TABLE public.temporal_fk OWNER TO postgres;

--
-- Name: with_function; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.with_function (
    a integer,
    b integer DEFAULT 3,
    CONSTRAINT with_function_a_check CHECK (public.positive(a)),
    CONSTRAINT with_function_b_check CHECK (public.positive(b))
);


ALTER TABLE public.with_function OWNER TO postgres;

--
-- Name: enf enf_a_check; Type: CHECK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE public.enf
    ADD CONSTRAINT enf_a_check CHECK ((a > 0)) NOT ENFORCED;


--
-- Name: q ex2; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.q
    ADD CONSTRAINT ex2 EXCLUDE USING btree (d DESC WITH =, e WITH =) INCLUDE (f);


--
-- Name: q later; Type: CHECK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE public.q
    ADD CONSTRAINT later CHECK ((a <> b)) NOT VALID;


--
-- Name: CONSTRAINT later ON q; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON CONSTRAINT later ON public.q IS 'separate';


--
-- Name: nnd nnd_a_b_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.nnd
    ADD CONSTRAINT nnd_a_b_key UNIQUE NULLS NOT DISTINCT (a, b);


--
-- Name: nnv nnv_a; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE public.nnv
    ADD CONSTRAINT nnv_a NOT NULL a NOT VALID;


--
-- Name: CONSTRAINT nnv_a ON nnv; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON CONSTRAINT nnv_a ON public.nnv IS 'not yet';


--
-- Name: p2 p2_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.p2
    ADD CONSTRAINT p2_key PRIMARY KEY (a, b) INCLUDE (c);


--
-- Name: p p_b_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.p
    ADD CONSTRAINT p_b_key UNIQUE (b);


--
-- Name: p p_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.p
    ADD CONSTRAINT p_pkey PRIMARY KEY (a);


--
-- Name: CONSTRAINT p_pkey ON p; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON CONSTRAINT p_pkey ON public.p IS 'primary';


--
-- Name: params params_b_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.params
    ADD CONSTRAINT params_b_key UNIQUE (b) WITH (fillfactor='60');


--
-- Name: params params_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.params
    ADD CONSTRAINT params_pkey PRIMARY KEY (a) WITH (fillfactor='50');


--
-- Name: q q_box_excl; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.q
    ADD CONSTRAINT q_box_excl EXCLUDE USING gist (box(point((a)::double precision, (b)::double precision), point((b)::double precision, (a)::double precision)) WITH &&) WHERE ((a > 0)) DEFERRABLE;


--
-- Name: q q_d_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.q
    ADD CONSTRAINT q_d_key UNIQUE (d) DEFERRABLE;


--
-- Name: q q_e_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.q
    ADD CONSTRAINT q_e_key UNIQUE (e) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: q q_f_excl; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.q
    ADD CONSTRAINT q_f_excl EXCLUDE USING btree (f WITH =);


--
-- Name: ring1 ring1_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.ring1
    ADD CONSTRAINT ring1_pkey PRIMARY KEY (id);


--
-- Name: ring2 ring2_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.ring2
    ADD CONSTRAINT ring2_pkey PRIMARY KEY (id);


--
-- Name: selfref selfref_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.selfref
    ADD CONSTRAINT selfref_pkey PRIMARY KEY (id);


--
-- Name: temporal temporal_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.temporal
    ADD CONSTRAINT temporal_pkey PRIMARY KEY (id, during WITHOUT OVERLAPS);


--
-- Name: p two; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.p
    ADD CONSTRAINT two UNIQUE (b, c);


--
-- Name: q c_fk; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.q
    ADD CONSTRAINT c_fk FOREIGN KEY (c) REFERENCES public.p(a) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: CONSTRAINT c_fk ON q; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON CONSTRAINT c_fk ON public.q IS 'key';


--
-- Name: enf enf_b_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.enf
    ADD CONSTRAINT enf_b_fkey FOREIGN KEY (b) REFERENCES public.p(a) NOT ENFORCED;


--
-- Name: q later_fk; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.q
    ADD CONSTRAINT later_fk FOREIGN KEY (f) REFERENCES public.p(a) ON UPDATE RESTRICT NOT VALID;


--
-- Name: q q_a_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.q
    ADD CONSTRAINT q_a_fkey FOREIGN KEY (a) REFERENCES public.p(a);


--
-- Name: q q_b_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.q
    ADD CONSTRAINT q_b_fkey FOREIGN KEY (b) REFERENCES public.p(b) ON UPDATE SET NULL ON DELETE CASCADE;


--
-- Name: q q_d_e_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.q
    ADD CONSTRAINT q_d_e_fkey FOREIGN KEY (d, e) REFERENCES public.p2(a, b) MATCH FULL ON DELETE SET DEFAULT;


--
-- Name: ring1 ring1_other_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.ring1
    ADD CONSTRAINT ring1_other_fkey FOREIGN KEY (other) REFERENCES public.ring2(id);


--
-- Name: ring2 ring2_other_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.ring2
    ADD CONSTRAINT ring2_other_fkey FOREIGN KEY (other) REFERENCES public.ring1(id);


--
-- Name: selfref selfref_parent_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.selfref
    ADD CONSTRAINT selfref_parent_fkey FOREIGN KEY (parent) REFERENCES public.selfref(id) ON DELETE SET NULL;


--
-- Name: setcols setcols_b_c_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.setcols
    ADD CONSTRAINT setcols_b_c_fkey FOREIGN KEY (b, c) REFERENCES public.p2(a, b) ON DELETE SET NULL (c);


--
-- Name: temporal_fk temporal_fk_id_during_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.temporal_fk
    ADD CONSTRAINT temporal_fk_id_during_fkey FOREIGN KEY (id, PERIOD during) REFERENCES public.temporal(id, PERIOD during);


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

