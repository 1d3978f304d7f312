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
-- Name: t; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.t (
    id integer NOT NULL,
    a text,
    b numeric,
    c timestamp with time zone,
    d jsonb,
    e integer[],
    x xml
);


ALTER TABLE public.t OWNER TO postgres;

--
-- Name: a10; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a10 AS
 SELECT s.id,
    s.q,
    v.r
   FROM (( SELECT t.id,
            t.a
           FROM public.t) s(id, q)
     JOIN ( VALUES (1,'x'::text), (2,'y'::text)) v(id, r) USING (id));


ALTER TABLE public.a10 OWNER TO postgres;

--
-- Name: u; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.u (
    id integer NOT NULL,
    t_id integer,
    name character varying(30),
    kind character(3),
    v bit varying
);


ALTER TABLE public.u OWNER TO postgres;

--
-- Name: w; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.w (
    t_id integer,
    id bigint,
    z text
);


ALTER TABLE public.w OWNER TO postgres;

--
-- Name: a12; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a12 AS
 SELECT x.id,
    y.t_id
   FROM (public.t x
     RIGHT JOIN (public.u y
     JOIN public.w z USING (t_id)) ON ((x.id = y.t_id)));


ALTER TABLE public.a12 OWNER TO postgres;

--
-- Name: a13; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a13 AS
 SELECT t.id
   FROM public.t,
    LATERAL ( SELECT u.name
           FROM public.u
          WHERE (u.t_id = t.id)
         LIMIT 1) l,
    (LATERAL unnest(t.e) WITH ORDINALITY q(el, n)
     LEFT JOIN LATERAL jsonb_each(t.d) je(key, value) ON (true));


ALTER TABLE public.a13 OWNER TO postgres;

--
-- Name: a14; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a14 AS
 SELECT f.a,
    f.b,
    f.c
   FROM jsonb_to_record('{}'::jsonb) f(a integer, b text COLLATE "C", c numeric(3,1)[]);


ALTER TABLE public.a14 OWNER TO postgres;

--
-- Name: a15; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a15 AS
 SELECT r.g,
    r.h,
    r.i,
    r.o
   FROM ROWS FROM(generate_series(1, 3), jsonb_to_recordset('[]'::jsonb) AS (p integer, q text)) WITH ORDINALITY r(g, h, i, o);


ALTER TABLE public.a15 OWNER TO postgres;

--
-- Name: a17; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a17 AS
 SELECT count(*) FILTER (WHERE (t.a IS NOT NULL)) OVER (PARTITION BY t.b, t.c ORDER BY t.id DESC RANGE BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING EXCLUDE TIES) AS q,
    lag(t.a, 2, 'z'::text) OVER (w1 ROWS 3 PRECEDING) AS lag,
    first_value(t.b) OVER (w2 GROUPS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS fv,
    ntile(4) OVER () AS ntile
   FROM public.t
  WINDOW w1 AS (PARTITION BY t.a), w2 AS (w1 ORDER BY t.b);


ALTER TABLE public.a17 OWNER TO postgres;

--
-- Name: a18; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a18 AS
 SELECT t.a,
    t.b,
    t.c,
    GROUPING(t.a, t.b) AS "grouping",
    count(*) AS count
   FROM public.t
  GROUP BY GROUPING SETS ((t.a), ROLLUP(t.b, (t.a, t.c)), CUBE(t.a, t.b), (), (t.c))
 HAVING (GROUPING(t.a) = 0);


ALTER TABLE public.a18 OWNER TO postgres;

--
-- Name: a2; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a2 AS
 SELECT id,
    t_id,
    t.a,
    t.b,
    t.c,
    t.d,
    t.e,
    t.x,
    u.name,
    u.kind,
    u.v,
    w.z
   FROM ((public.t
     FULL JOIN public.u USING (id))
     FULL JOIN public.w USING (id, t_id));


ALTER TABLE public.a2 OWNER TO postgres;

--
-- Name: a21; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a21 AS
( SELECT t.id
   FROM public.t
  ORDER BY t.a
 LIMIT 1)
UNION ALL (
        ( SELECT u.id
           FROM public.u
          ORDER BY u.name DESC
         OFFSET 1)
        INTERSECT
         SELECT 3 AS id
)
  ORDER BY 1
 FETCH FIRST (3) ROWS WITH TIES;


ALTER TABLE public.a21 OWNER TO postgres;

--
-- Name: a22; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a22 AS
 WITH q AS (
         VALUES (1), (2)
        )
 SELECT q.column1
   FROM q
UNION
( WITH z AS (
         SELECT 5 AS n
        )
 SELECT z.n AS column1
   FROM z);


ALTER TABLE public.a22 OWNER TO postgres;

--
-- Name: a23; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a23 AS
 SELECT t.id
   FROM ONLY public.t TABLESAMPLE system (12.5)
  WHERE ((t.id IN ( SELECT u.id
           FROM public.u)) AND (t.id <> ALL (ARRAY[1, 2])) AND ((t.id, t.a) IN ( SELECT u.id,
            u.name
           FROM public.u)) AND (NOT (EXISTS ( SELECT
           FROM public.w))) AND (ROW(t.id, t.a) < ROW(5, 'x'::text)) AND ((t.a IS DISTINCT FROM t.a) OR (t.b IS DISTINCT FROM t.b)) AND (ROW(t.a, t.b) IS NOT NULL) AND ((t.a IS NULL) IS NOT TRUE) AND (t.b IS NULL) AND ((t.a COLLATE "C") < 'x'::text))
 FOR NO KEY UPDATE OF t SKIP LOCKED;


ALTER TABLE public.a23 OWNER TO postgres;

--
-- Name: a26; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a26 AS
 SELECT xt.n,
    xt.i,
    xt.s,
    xt.p
   FROM public.t,
    LATERAL XMLTABLE(XMLNAMESPACES ('http://x'::text AS x, DEFAULT 'http://d'::text), ('/r'::text) PASSING (t.x) COLUMNS n FOR ORDINALITY, i integer PATH ('@id'::text) NOT NULL, s text DEFAULT ('q'::text), p xml PATH ('p/q'::text)) xt;


ALTER TABLE public.a26 OWNER TO postgres;

--
-- Name: a29; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a29 AS
 SELECT string_agg(DISTINCT t.a, ','::text ORDER BY t.a) AS sa,
    array_agg(t.a ORDER BY t.b DESC NULLS LAST, t.id) AS aa,
    percentile_cont(ARRAY[(0.1)::double precision, (0.9)::double precision]) WITHIN GROUP (ORDER BY ((t.b)::double precision)) AS pc,
    mode() WITHIN GROUP (ORDER BY (t.a COLLATE "C") DESC) AS mo,
    rank(1, 'x'::text) WITHIN GROUP (ORDER BY t.id, t.a) AS rk,
    count(DISTINCT ROW(t.a, t.b)) AS cd,
    max(t.b) FILTER (WHERE (t.id > 3)) AS mf,
    bool_and((t.b > (0)::numeric)) AS ba,
    variance(t.b) AS va,
    format('%s'::text, VARIADIC (t.e)::text[]) AS fv
   FROM public.t
  GROUP BY t.e;


ALTER TABLE public.a29 OWNER TO postgres;

--
-- Name: a3; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a3 AS
 SELECT j.id,
    j.a,
    j.b,
    j.c,
    j.d,
    j.e,
    j.x,
    j.t_id,
    j.name,
    j.kind,
    j.v
   FROM (public.t
     JOIN public.u USING (id)) j;


ALTER TABLE public.a3 OWNER TO postgres;

--
-- Name: a34; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a34 AS
 SELECT
   FROM public.t;


ALTER TABLE public.a34 OWNER TO postgres;

--
-- Name: a35; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a35 AS
 SELECT t.id,
    t.id AS id_1,
    1 AS "?column?",
    t.a AS "A",
    'x'::text AS "user"
   FROM public.t;


ALTER TABLE public.a35 OWNER TO postgres;

--
-- Name: a36; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a36 AS
 SELECT t1.id
   FROM public.t t1,
    public.t t1_1,
    public.t,
    pg_class t_1,
    public.t t2
  WHERE (t.id = t1.id);


ALTER TABLE public.a36 OWNER TO postgres;

--
-- Name: a37; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a37 AS
 SELECT c.oid,
    c.relname,
    c.relnamespace,
    c.reltype,
    c.reloftype,
    c.relowner,
    c.relam,
    c.relfilenode,
    c.reltablespace,
    c.relpages,
    c.reltuples,
    c.relallvisible,
    c.reltoastrelid,
    c.relhasindex,
    c.relisshared,
    c.relpersistence,
    c.relkind,
    c.relnatts,
    c.relchecks,
    c.relhasrules,
    c.relhastriggers,
    c.relhassubclass,
    c.relrowsecurity,
    c.relforcerowsecurity,
    c.relispopulated,
    c.relreplident,
    c.relispartition,
    c.relrewrite,
    c.relfrozenxid,
    c.relminmxid,
    c.relacl,
    c.reloptions,
    c.relpartbound,
    i.table_catalog,
    i.table_schema,
    i.table_name,
    i.table_type,
    i.self_referencing_column_name,
    i.reference_generation,
    i.user_defined_type_catalog,
    i.user_defined_type_schema,
    i.user_defined_type_name,
    i.is_insertable_into,
    i.is_typed,
    i.commit_action
   FROM (pg_class c
     JOIN information_schema.tables i ON (((i.table_name)::name = c.relname)));


ALTER TABLE public.a37 OWNER TO postgres;

--
-- Name: a4; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a4 AS
 SELECT j.id,
    j.a
   FROM (public.t
     LEFT JOIN public.u ON ((t.id = u.t_id))) j(id, a, bb, cc, dd, ee, xx, id2, t_id, name, kind, v);


ALTER TABLE public.a4 OWNER TO postgres;

--
-- Name: a5; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a5 AS
 SELECT t.*::public.t AS t,
    u.id,
    u.t_id,
    u.name,
    u.kind,
    u.v
   FROM (public.t
     LEFT JOIN public.u USING (id));


ALTER TABLE public.a5 OWNER TO postgres;

--
-- Name: a6; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a6 AS
 SELECT id,
    t.id AS tid,
    u.id AS uid
   FROM (public.t
     FULL JOIN public.u USING (id))
  WHERE (id > 5)
  ORDER BY id;


ALTER TABLE public.a6 OWNER TO postgres;

--
-- Name: a9; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a9 AS
 SELECT id,
    t_id,
    u.name,
    u.kind,
    u.v,
    w.z
   FROM (public.u
     FULL JOIN public.w USING (id, t_id));


ALTER TABLE public.a9 OWNER TO postgres;

--
-- Name: t t_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.t
    ADD CONSTRAINT t_pkey PRIMARY KEY (id);


--
-- Name: u u_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.u
    ADD CONSTRAINT u_pkey PRIMARY KEY (id);


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

