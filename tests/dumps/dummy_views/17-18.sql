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

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: tf; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.tf (
    id integer,
    v text
);


ALTER TABLE public.tf OWNER TO postgres;

--
-- Name: cf(public.tf); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.cf(public.tf) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$SELECT 'x'::text$$;


ALTER FUNCTION public.cf(public.tf) OWNER TO postgres;

--
-- Name: l1; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.l1 AS
SELECT
    NULL::integer AS id,
    NULL::text AS v;


ALTER VIEW public.l1 OWNER TO postgres;

--
-- Name: f(public.l1); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.f(public.l1) RETURNS integer
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION public.f(public.l1) OWNER TO postgres;

--
-- Name: vf; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.vf AS
SELECT
    NULL::integer AS a;


ALTER VIEW public.vf OWNER TO postgres;

--
-- Name: gf(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.gf() RETURNS SETOF public.vf
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION public.gf() OWNER TO postgres;

--
-- Name: by_key; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.by_key AS
SELECT
    NULL::integer AS id,
    NULL::text AS x,
    NULL::text AS y,
    NULL::bigint AS n;


ALTER VIEW public.by_key OWNER TO postgres;

--
-- Name: VIEW by_key; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON VIEW public.by_key IS 'a view taken apart';


--
-- Name: COLUMN by_key.n; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON COLUMN public.by_key.n IS 'a column of it';


--
-- Name: gives_row(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.gives_row() RETURNS SETOF public.by_key
    LANGUAGE sql
    AS $$SELECT * FROM by_key$$;


ALTER FUNCTION public.gives_row() OWNER TO postgres;

--
-- Name: zz; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.zz AS
SELECT
    NULL::integer AS id,
    NULL::text AS x,
    NULL::integer AS bid,
    NULL::text AS y,
    NULL::bigint AS n;


ALTER VIEW public.zz OWNER TO postgres;

--
-- Name: sqlbody(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.sqlbody() RETURNS bigint
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT zz.n
    FROM public.zz
  LIMIT 1;
END;


ALTER FUNCTION public.sqlbody() OWNER TO postgres;

--
-- Name: takes_row(public.by_key); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.takes_row(public.by_key) RETURNS text
    LANGUAGE sql
    AS $_$SELECT $1.x$_$;


ALTER FUNCTION public.takes_row(public.by_key) OWNER TO postgres;

--
-- Name: trg(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.trg() RETURNS trigger
    LANGUAGE plpgsql
    AS $$begin return new; end$$;


ALTER FUNCTION public.trg() OWNER TO postgres;

--
-- Name: a; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.a (
    id integer NOT NULL,
    x text
);


ALTER TABLE public.a OWNER TO postgres;

--
-- Name: aa; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.aa AS
 SELECT id,
    x,
    bid,
    y,
    n
   FROM public.zz;


ALTER VIEW public.aa OWNER TO postgres;

--
-- Name: agg_fn; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.agg_fn AS
SELECT
    NULL::integer AS id,
    NULL::text AS t,
    NULL::bigint AS c;


ALTER VIEW public.agg_fn OWNER TO postgres;

--
-- Name: b; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.b (
    id integer NOT NULL,
    a_id integer,
    y text
);


ALTER TABLE public.b OWNER TO postgres;

--
-- Name: by_key_options; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.by_key_options AS
SELECT
    NULL::integer AS id,
    NULL::text AS x,
    NULL::bigint AS n;


ALTER VIEW public.by_key_options OWNER TO postgres;

--
-- Name: cc; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.cc AS
SELECT
    NULL::integer AS id,
    NULL::text AS x,
    NULL::bigint AS n;


ALTER VIEW public.cc OWNER TO postgres;

--
-- Name: collated; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.collated AS
SELECT
    NULL::integer AS id,
    NULL::text COLLATE pg_catalog."C" AS xc,
    NULL::character varying(10) AS v,
    NULL::bigint AS n;


ALTER VIEW public.collated OWNER TO postgres;

--
-- Name: keyed; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.keyed (
    id integer NOT NULL,
    x text,
    y text
);


ALTER TABLE public.keyed OWNER TO postgres;

--
-- Name: l2; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.l2 AS
 SELECT id,
    v
   FROM public.l1;


ALTER VIEW public.l2 OWNER TO postgres;

--
-- Name: l3; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.l3 AS
 SELECT id,
    v
   FROM public.l2;


ALTER VIEW public.l3 OWNER TO postgres;

--
-- Name: over_by_key; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.over_by_key AS
 SELECT id,
    x,
    y,
    n
   FROM public.by_key
  WHERE (n > 1);


ALTER VIEW public.over_by_key OWNER TO postgres;

--
-- Name: mat_over; Type: MATERIALIZED VIEW; Schema: public; Owner: postgres
--

CREATE MATERIALIZED VIEW public.mat_over AS
 SELECT id,
    x,
    y,
    n
   FROM public.over_by_key
  WITH NO DATA;


ALTER MATERIALIZED VIEW public.mat_over OWNER TO postgres;

--
-- Name: mat_over_mat; Type: MATERIALIZED VIEW; Schema: public; Owner: postgres
--

CREATE MATERIALIZED VIEW public.mat_over_mat AS
 SELECT id,
    x,
    y,
    n
   FROM public.mat_over
  WITH NO DATA;


ALTER MATERIALIZED VIEW public.mat_over_mat OWNER TO postgres;

--
-- Name: vg; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.vg AS
 SELECT a
   FROM public.vf;


ALTER VIEW public.vg OWNER TO postgres;

--
-- Name: mg; Type: MATERIALIZED VIEW; Schema: public; Owner: postgres
--

CREATE MATERIALIZED VIEW public.mg AS
 SELECT a
   FROM public.vg
  WITH NO DATA;


ALTER MATERIALIZED VIEW public.mg OWNER TO postgres;

--
-- Name: mm; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.mm AS
 SELECT aa.id
   FROM public.aa,
    public.zz;


ALTER VIEW public.mm OWNER TO postgres;

--
-- Name: nn; Type: MATERIALIZED VIEW; Schema: public; Owner: postgres
--

CREATE MATERIALIZED VIEW public.nn AS
 SELECT id
   FROM public.mm
  WITH NO DATA;


ALTER MATERIALIZED VIEW public.nn OWNER TO postgres;

--
-- Name: over_mat; Type: VIEW; Schema: public; Owner: pgreckon_c
--

CREATE VIEW public.over_mat AS
SELECT
    NULL::integer AS id,
    NULL::text AS x;


ALTER VIEW public.over_mat OWNER TO pgreckon_c;

--
-- Name: over_matpk_v; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.over_matpk_v AS
SELECT
    NULL::bigint AS s;


ALTER VIEW public.over_matpk_v OWNER TO postgres;

--
-- Name: over_sqlbody; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.over_sqlbody AS
 SELECT public.sqlbody() AS s;


ALTER VIEW public.over_sqlbody OWNER TO postgres;

--
-- Name: r1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.r1 (
    id integer
);


ALTER TABLE public.r1 OWNER TO postgres;

--
-- Name: r2; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.r2 (
    id integer
);


ALTER TABLE public.r2 OWNER TO postgres;

--
-- Name: t1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.t1 (
    id integer NOT NULL,
    v text
);


ALTER TABLE public.t1 OWNER TO postgres;

--
-- Name: uses_f; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.uses_f AS
 SELECT public.f(l1.*) AS f
   FROM public.l1;


ALTER VIEW public.uses_f OWNER TO postgres;

--
-- Name: uses_fn; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.uses_fn AS
 SELECT public.takes_row(b.*) AS t
   FROM public.by_key b;


ALTER VIEW public.uses_fn OWNER TO postgres;

--
-- Name: view_over_mat_over; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.view_over_mat_over AS
 SELECT count(*) AS c
   FROM public.mat_over_mat;


ALTER VIEW public.view_over_mat_over OWNER TO postgres;

--
-- Name: zover_row; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.zover_row AS
SELECT
    NULL::integer AS id,
    NULL::text AS v,
    NULL::bigint AS n;


ALTER VIEW public.zover_row OWNER TO postgres;

--
-- Name: by_key x; Type: DEFAULT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.by_key ALTER COLUMN x SET DEFAULT 'd'::text;


--
-- Name: tf v; Type: DEFAULT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.tf ALTER COLUMN v SET DEFAULT public.cf(NULL::public.tf);


--
-- Name: t1 t1_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.t1
    ADD CONSTRAINT t1_pkey PRIMARY KEY (id);


--
-- Name: mat_pk; Type: MATERIALIZED VIEW; Schema: public; Owner: postgres
--

CREATE MATERIALIZED VIEW public.mat_pk AS
 SELECT id,
    v,
    count(*) AS n
   FROM public.t1
  GROUP BY id
  WITH NO DATA;


ALTER MATERIALIZED VIEW public.mat_pk OWNER TO postgres;

--
-- Name: over_matpk(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.over_matpk() RETURNS bigint
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT mat_pk.n
    FROM public.mat_pk
  LIMIT 1;
END;


ALTER FUNCTION public.over_matpk() OWNER TO postgres;

--
-- Name: row_of_matpk(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.row_of_matpk() RETURNS SETOF public.mat_pk
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT mat_pk.id,
     mat_pk.v,
     mat_pk.n
    FROM public.mat_pk;
END;


ALTER FUNCTION public.row_of_matpk() OWNER TO postgres;

--
-- Name: keyed keyed_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.keyed
    ADD CONSTRAINT keyed_pkey PRIMARY KEY (id);


--
-- Name: mat_by_key; Type: MATERIALIZED VIEW; Schema: public; Owner: postgres
--

CREATE MATERIALIZED VIEW public.mat_by_key AS
 SELECT id,
    x,
    count(*) AS n
   FROM public.keyed
  GROUP BY id
  WITH NO DATA;


ALTER MATERIALIZED VIEW public.mat_by_key OWNER TO postgres;

--
-- Name: MATERIALIZED VIEW mat_by_key; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON MATERIALIZED VIEW public.mat_by_key IS 'a materialized view after the data';


--
-- Name: takes_mat(public.mat_by_key); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.takes_mat(public.mat_by_key) RETURNS text
    LANGUAGE sql
    AS $_$SELECT $1.x$_$;


ALTER FUNCTION public.takes_mat(public.mat_by_key) OWNER TO postgres;

--
-- Name: a a_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.a
    ADD CONSTRAINT a_pkey PRIMARY KEY (id);


--
-- Name: ab; Type: MATERIALIZED VIEW; Schema: public; Owner: postgres
--

CREATE MATERIALIZED VIEW public.ab AS
 SELECT nn.id,
    s.x,
    s.n
   FROM public.nn,
    ( SELECT a.x,
            a.id AS i2,
            count(*) AS n
           FROM public.a
          GROUP BY a.id) s
  WITH NO DATA;


ALTER MATERIALIZED VIEW public.ab OWNER TO postgres;

--
-- Name: hold; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.hold (
    b public.by_key,
    m public.mat_by_key
);


ALTER TABLE public.hold OWNER TO postgres;

--
-- Name: b b_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.b
    ADD CONSTRAINT b_pkey PRIMARY KEY (id);


--
-- Name: tf tf_check; Type: CHECK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE public.tf
    ADD CONSTRAINT tf_check CHECK ((public.cf(tf.*) <> 'y'::text));


--
-- Name: mat_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX mat_idx ON public.mat_by_key USING btree (id);


--
-- Name: agg_fn _RETURN; Type: RULE; Schema: public; Owner: postgres
--

CREATE OR REPLACE VIEW public.agg_fn AS
 SELECT id,
    public.takes_row(ROW(id, x, y, (1)::bigint)::public.by_key) AS t,
    count(*) AS c
   FROM public.keyed
  GROUP BY id;


--
-- Name: by_key _RETURN; Type: RULE; Schema: public; Owner: postgres
--

CREATE OR REPLACE VIEW public.by_key AS
 SELECT id,
    x,
    y,
    count(*) AS n
   FROM public.keyed
  GROUP BY id;


--
-- Name: by_key_options _RETURN; Type: RULE; Schema: public; Owner: postgres
--

CREATE OR REPLACE VIEW public.by_key_options WITH (security_barrier='true') AS
 SELECT id,
    x,
    count(*) AS n
   FROM public.keyed
  GROUP BY id;


--
-- Name: cc _RETURN; Type: RULE; Schema: public; Owner: postgres
--

CREATE OR REPLACE VIEW public.cc AS
 SELECT id,
    x,
    n
   FROM public.ab;


--
-- Name: collated _RETURN; Type: RULE; Schema: public; Owner: postgres
--

CREATE OR REPLACE VIEW public.collated AS
 SELECT id,
    (x COLLATE "C") AS xc,
    (y)::character varying(10) AS v,
    count(*) AS n
   FROM public.keyed
  GROUP BY id;


--
-- Name: l1 _RETURN; Type: RULE; Schema: public; Owner: postgres
--

CREATE OR REPLACE VIEW public.l1 AS
 SELECT id,
    v
   FROM public.l3
  WHERE (id > 1);


--
-- Name: over_mat _RETURN; Type: RULE; Schema: public; Owner: pgreckon_c
--

CREATE OR REPLACE VIEW public.over_mat AS
 SELECT m.id,
    m.x
   FROM (public.mat_by_key m
     JOIN public.keyed USING (id));


--
-- Name: over_matpk_v _RETURN; Type: RULE; Schema: public; Owner: postgres
--

CREATE OR REPLACE VIEW public.over_matpk_v AS
 SELECT public.over_matpk() AS s;


--
-- Name: vf _RETURN; Type: RULE; Schema: public; Owner: postgres
--

CREATE OR REPLACE VIEW public.vf AS
 SELECT a
   FROM public.gf() gf(a);


--
-- Name: zover_row _RETURN; Type: RULE; Schema: public; Owner: postgres
--

CREATE OR REPLACE VIEW public.zover_row AS
 SELECT id,
    v,
    n
   FROM public.row_of_matpk() row_of_matpk(id, v, n);


--
-- Name: zz _RETURN; Type: RULE; Schema: public; Owner: postgres
--

CREATE OR REPLACE VIEW public.zz AS
 SELECT a.id,
    a.x,
    b.id AS bid,
    b.y,
    count(*) AS n
   FROM (public.a
     JOIN public.b ON ((b.a_id = a.id)))
  GROUP BY a.id, b.id;


--
-- Name: by_key ins; Type: RULE; Schema: public; Owner: postgres
--

CREATE RULE ins AS
    ON INSERT TO public.by_key DO INSTEAD  INSERT INTO public.keyed (id, x, y)
  VALUES (new.id, new.x, new.y);


--
-- Name: r1 ru1; Type: RULE; Schema: public; Owner: postgres
--

CREATE RULE ru1 AS
    ON INSERT TO public.r1 DO  INSERT INTO public.r2 (id)
  VALUES (new.id);


--
-- Name: r2 ru2; Type: RULE; Schema: public; Owner: postgres
--

CREATE RULE ru2 AS
    ON INSERT TO public.r2 DO  DELETE FROM public.r1
  WHERE (r1.id = new.id);


--
-- Name: by_key tr; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER tr INSTEAD OF UPDATE ON public.by_key FOR EACH ROW EXECUTE FUNCTION public.trg();


--
-- Name: b b_a_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.b
    ADD CONSTRAINT b_a_id_fkey FOREIGN KEY (a_id) REFERENCES public.a(id);


--
-- Name: TABLE by_key; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT ON TABLE public.by_key TO pgreckon_c;


--
-- Name: TABLE mat_by_key; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT ON TABLE public.mat_by_key TO pgreckon_c;


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

