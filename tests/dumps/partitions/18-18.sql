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
-- Name: color; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.color AS ENUM (
    'red',
    'green'
);


ALTER TYPE public.color OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: attached; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.attached (
    id integer NOT NULL,
    at date NOT NULL,
    v text
);


ALTER TABLE public.attached OWNER TO postgres;

--
-- Name: b_bool; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.b_bool (
    a boolean,
    e integer
)
PARTITION BY LIST (a);


ALTER TABLE public.b_bool OWNER TO postgres;

--
-- Name: b_true; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.b_true (
    a boolean,
    e integer
);


ALTER TABLE public.b_true OWNER TO postgres;

--
-- Name: by_color; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.by_color (
    c public.color,
    n integer
)
PARTITION BY LIST (c);


ALTER TABLE public.by_color OWNER TO postgres;

--
-- Name: by_color_red; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.by_color_red (
    c public.color,
    n integer
);


ALTER TABLE public.by_color_red OWNER TO postgres;

--
-- Name: parent; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.parent (
    a integer,
    b text DEFAULT 'x'::text,
    CONSTRAINT np CHECK ((b <> ''::text)) NO INHERIT,
    CONSTRAINT parent_a_check CHECK ((a > 0))
);


ALTER TABLE public.parent OWNER TO postgres;

--
-- Name: child; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.child (
    NOT NULL b,
    c integer
)
INHERITS (public.parent);


ALTER TABLE public.child OWNER TO postgres;

--
-- Name: fk_target; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.fk_target (
    a integer NOT NULL
);


ALTER TABLE public.fk_target OWNER TO postgres;

--
-- Name: fkpart; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.fkpart (
    a integer,
    b integer
)
PARTITION BY RANGE (b);


ALTER TABLE public.fkpart OWNER TO postgres;

--
-- Name: fkpart1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.fkpart1 (
    a integer,
    b integer
);


ALTER TABLE public.fkpart1 OWNER TO postgres;

--
-- Name: grandchild; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.grandchild (
    a integer,
    b text DEFAULT 'z'::text,
    d integer
)
INHERITS (public.child);


ALTER TABLE public.grandchild OWNER TO postgres;

--
-- Name: h; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.h (
    a integer,
    b integer,
    c text
)
PARTITION BY HASH (a, b);


ALTER TABLE public.h OWNER TO postgres;

--
-- Name: h0; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.h0 (
    a integer,
    b integer,
    c text
);


ALTER TABLE public.h0 OWNER TO postgres;

--
-- Name: h1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.h1 (
    a integer,
    b integer,
    c text
);


ALTER TABLE public.h1 OWNER TO postgres;

--
-- Name: l; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.l (
    a integer,
    b text
)
PARTITION BY LIST (lower(b));


ALTER TABLE public.l OWNER TO postgres;

--
-- Name: l_null; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.l_null (
    a integer,
    b text
);


ALTER TABLE public.l_null OWNER TO postgres;

--
-- Name: l_x; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.l_x (
    a integer,
    b text
);


ALTER TABLE public.l_x OWNER TO postgres;

--
-- Name: late; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.late (
    a integer,
    b text DEFAULT NULL,
    CONSTRAINT late_a_check CHECK ((a > 0)),
    CONSTRAINT parent_a_check CHECK ((a > 0))
)
INHERITS (public.parent);


ALTER TABLE public.late OWNER TO postgres;

--
-- Name: m; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.m (
    a integer,
    b bigint,
    c numeric,
    d timestamp with time zone
)
PARTITION BY RANGE (a, b, ((c + (1)::numeric)), d);


ALTER TABLE public.m OWNER TO postgres;

--
-- Name: m1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.m1 (
    a integer,
    b bigint,
    c numeric,
    d timestamp with time zone
);


ALTER TABLE public.m1 OWNER TO postgres;

--
-- Name: o; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.o (
    a text,
    b text COLLATE pg_catalog."C"
)
PARTITION BY RANGE (a COLLATE "C", b text_pattern_ops);


ALTER TABLE public.o OWNER TO postgres;

--
-- Name: own_default; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.own_default (
    a integer DEFAULT 7 NOT NULL,
    b text,
    CONSTRAINT own_default_a_check CHECK ((a > 0))
)
WITH (fillfactor='50');


ALTER TABLE public.own_default OWNER TO postgres;

--
-- Name: parent2; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.parent2 (
    a integer NOT NULL,
    e integer
);


ALTER TABLE public.parent2 OWNER TO postgres;

--
-- Name: r; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.r (
    id integer NOT NULL,
    at date NOT NULL,
    v text DEFAULT 'd'::text
)
PARTITION BY RANGE (at);


ALTER TABLE public.r OWNER TO postgres;

--
-- Name: r_2020; Type: TABLE; Schema: public; Owner: pgreckon_c
--

CREATE TABLE public.r_2020 (
    id integer CONSTRAINT r_id_not_null NOT NULL,
    at date CONSTRAINT r_at_not_null NOT NULL,
    v text DEFAULT 'd'::text
);


ALTER TABLE public.r_2020 OWNER TO pgreckon_c;

--
-- Name: TABLE r_2020; Type: COMMENT; Schema: public; Owner: pgreckon_c
--

COMMENT ON TABLE public.r_2020 IS 'a partition';


--
-- Name: r_new; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.r_new (
    id integer CONSTRAINT r_id_not_null NOT NULL,
    at date CONSTRAINT r_at_not_null NOT NULL,
    v text DEFAULT 'd'::text
)
PARTITION BY LIST (id);


ALTER TABLE public.r_new OWNER TO postgres;

--
-- Name: r_new_a; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.r_new_a (
    id integer CONSTRAINT r_id_not_null NOT NULL,
    at date CONSTRAINT r_at_not_null NOT NULL,
    v text DEFAULT 'd'::text
);


ALTER TABLE public.r_new_a OWNER TO postgres;

--
-- Name: r_new_rest; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.r_new_rest (
    id integer CONSTRAINT r_id_not_null NOT NULL,
    at date CONSTRAINT r_at_not_null NOT NULL,
    v text DEFAULT 'd'::text
);


ALTER TABLE public.r_new_rest OWNER TO postgres;

--
-- Name: r_old; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.r_old (
    id integer CONSTRAINT r_id_not_null NOT NULL,
    at date CONSTRAINT r_at_not_null NOT NULL,
    v text DEFAULT 'd'::text
);


ALTER TABLE public.r_old OWNER TO postgres;

--
-- Name: ref; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.ref (
    id integer,
    at date
);


ALTER TABLE public.ref OWNER TO postgres;

--
-- Name: two_parents; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.two_parents (
    f integer
)
INHERITS (public.parent, public.parent2);


ALTER TABLE public.two_parents OWNER TO postgres;

--
-- Name: b_true; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.b_bool ATTACH PARTITION public.b_true FOR VALUES IN (true);


--
-- Name: by_color_red; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.by_color ATTACH PARTITION public.by_color_red FOR VALUES IN ('red');


--
-- Name: fkpart1; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.fkpart ATTACH PARTITION public.fkpart1 FOR VALUES FROM (0) TO (10);


--
-- Name: h0; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.h ATTACH PARTITION public.h0 FOR VALUES WITH (modulus 4, remainder 0);


--
-- Name: h1; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.h ATTACH PARTITION public.h1 FOR VALUES WITH (modulus 4, remainder 1);


--
-- Name: l_null; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.l ATTACH PARTITION public.l_null FOR VALUES IN (NULL, 'it''s');


--
-- Name: l_x; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.l ATTACH PARTITION public.l_x FOR VALUES IN ('x');


--
-- Name: m1; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.m ATTACH PARTITION public.m1 FOR VALUES FROM (1, '2', 3.5, '2020-01-01 00:00:00+00') TO (1, '5', MAXVALUE, MAXVALUE);


--
-- Name: own_default; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.l ATTACH PARTITION public.own_default FOR VALUES IN ('y', 'z');


--
-- Name: r_2020; Type: TABLE ATTACH; Schema: public; Owner: pgreckon_c
--

ALTER TABLE ONLY public.r ATTACH PARTITION public.r_2020 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');


--
-- Name: r_new; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.r ATTACH PARTITION public.r_new FOR VALUES FROM ('2021-01-01') TO (MAXVALUE);


--
-- Name: r_new_a; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.r_new ATTACH PARTITION public.r_new_a FOR VALUES IN (1, '-2', 3);


--
-- Name: r_new_rest; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.r_new ATTACH PARTITION public.r_new_rest DEFAULT;


--
-- Name: child b; Type: DEFAULT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.child ALTER COLUMN b SET DEFAULT 'z'::text;


--
-- Name: two_parents b; Type: DEFAULT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.two_parents ALTER COLUMN b SET DEFAULT 'x'::text;


--
-- Name: fk_target fk_target_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.fk_target
    ADD CONSTRAINT fk_target_pkey PRIMARY KEY (a);


--
-- Name: r r_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.r
    ADD CONSTRAINT r_pkey PRIMARY KEY (id, at);


--
-- Name: r_2020 r_2020_pkey; Type: CONSTRAINT; Schema: public; Owner: pgreckon_c
--

ALTER TABLE ONLY public.r_2020
    ADD CONSTRAINT r_2020_pkey PRIMARY KEY (id, at);


--
-- Name: r_new r_new_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.r_new
    ADD CONSTRAINT r_new_pkey PRIMARY KEY (id, at);


--
-- Name: r_new_a r_new_a_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.r_new_a
    ADD CONSTRAINT r_new_a_pkey PRIMARY KEY (id, at);


--
-- Name: r_new_rest r_new_rest_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.r_new_rest
    ADD CONSTRAINT r_new_rest_pkey PRIMARY KEY (id, at);


--
-- Name: r_old r_old_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.r_old
    ADD CONSTRAINT r_old_pkey PRIMARY KEY (id, at);


--
-- Name: only_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX only_idx ON ONLY public.r USING btree (id);


--
-- Name: r_2020_id; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX r_2020_id ON public.r_2020 USING btree (id);


--
-- Name: r_v_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX r_v_idx ON ONLY public.r USING btree (v);


--
-- Name: r_2020_v_idx; Type: INDEX; Schema: public; Owner: pgreckon_c
--

CREATE INDEX r_2020_v_idx ON public.r_2020 USING btree (v);


--
-- Name: r_new_v_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX r_new_v_idx ON ONLY public.r_new USING btree (v);


--
-- Name: r_new_a_v_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX r_new_a_v_idx ON public.r_new_a USING btree (v);


--
-- Name: r_new_rest_v_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX r_new_rest_v_idx ON public.r_new_rest USING btree (v);


--
-- Name: r_old_v_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX r_old_v_idx ON public.r_old USING btree (v);


--
-- Name: r_2020_id; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.only_idx ATTACH PARTITION public.r_2020_id;


--
-- Name: r_2020_pkey; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.r_pkey ATTACH PARTITION public.r_2020_pkey;


--
-- Name: r_2020_v_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.r_v_idx ATTACH PARTITION public.r_2020_v_idx;


--
-- Name: r_new_a_pkey; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.r_new_pkey ATTACH PARTITION public.r_new_a_pkey;


--
-- Name: r_new_a_v_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.r_new_v_idx ATTACH PARTITION public.r_new_a_v_idx;


--
-- Name: r_new_pkey; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.r_pkey ATTACH PARTITION public.r_new_pkey;


--
-- Name: r_new_rest_pkey; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.r_new_pkey ATTACH PARTITION public.r_new_rest_pkey;


--
-- Name: r_new_rest_v_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.r_new_v_idx ATTACH PARTITION public.r_new_rest_v_idx;


--
-- Name: r_new_v_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.r_v_idx ATTACH PARTITION public.r_new_v_idx;


--
-- Name: fkpart fkpart_a_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE public.fkpart
    ADD CONSTRAINT fkpart_a_fkey FOREIGN KEY (a) REFERENCES public.fk_target(a);


--
-- Name: ref ref_id_at_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.ref
    ADD CONSTRAINT ref_id_at_fkey FOREIGN KEY (id, at) REFERENCES public.r(id, at);


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

