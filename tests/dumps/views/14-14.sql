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
    e integer[]
);


ALTER TABLE public.t OWNER TO postgres;

--
-- Name: Odd View; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public."Odd View" AS
 SELECT t.id AS "Odd Column",
    t.a AS "select"
   FROM public.t;


ALTER TABLE public."Odd View" OWNER TO postgres;

--
-- Name: by_key; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.by_key AS
SELECT
    NULL::integer AS id,
    NULL::text AS x,
    NULL::text AS y,
    NULL::bigint AS n;


ALTER TABLE public.by_key OWNER TO postgres;

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
-- Name: loop1; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.loop1 AS
SELECT
    NULL::integer AS a,
    NULL::text AS b;


ALTER TABLE public.loop1 OWNER TO postgres;

--
-- Name: VIEW loop1; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON VIEW public.loop1 IS 'depends on what depends on it';


--
-- Name: loop2; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.loop2 AS
 SELECT loop1.a,
    loop1.b
   FROM public.loop1;


ALTER TABLE public.loop2 OWNER TO postgres;

--
-- Name: m1; Type: MATERIALIZED VIEW; Schema: public; Owner: postgres
--

CREATE MATERIALIZED VIEW public.m1 AS
 SELECT t.a,
    count(*) AS n
   FROM public.t
  GROUP BY t.a
  WITH NO DATA;
ALTER TABLE ONLY public.m1 ALTER COLUMN a SET STATISTICS 10;


ALTER TABLE public.m1 OWNER TO postgres;

--
-- Name: MATERIALIZED VIEW m1; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON MATERIALIZED VIEW public.m1 IS 'materialized';


--
-- Name: m2; Type: MATERIALIZED VIEW; Schema: public; Owner: postgres
--

CREATE MATERIALIZED VIEW public.m2
WITH (fillfactor='60') AS
 SELECT m1.a,
    m1.n
   FROM public.m1
  WITH NO DATA;


ALTER TABLE public.m2 OWNER TO postgres;

--
-- Name: u; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.u (
    id integer NOT NULL,
    t_id integer,
    name character varying(30),
    kind text
);


ALTER TABLE public.u OWNER TO postgres;

--
-- Name: v1; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v1 AS
 SELECT t.id,
    t.a,
    t.b,
    t.c,
    t.d,
    t.e
   FROM public.t;


ALTER TABLE public.v1 OWNER TO postgres;

--
-- Name: VIEW v1; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON VIEW public.v1 IS 'a view';


--
-- Name: COLUMN v1.a; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON COLUMN public.v1.a IS 'a column of a view';


--
-- Name: v10; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v10 AS
 SELECT t.id,
    t.a,
    t.b,
    t.c,
    t.d,
    t.e,
    u.t_id,
    u.name,
    u.kind
   FROM (public.t
     JOIN public.u USING (id));


ALTER TABLE public.v10 OWNER TO postgres;

--
-- Name: v11; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v11 AS
 SELECT id,
    t.a,
    t.b,
    t.c,
    t.d,
    t.e,
    u.t_id,
    u.name,
    u.kind,
    x.one
   FROM ((public.t
     JOIN public.u USING (id))
     FULL JOIN ( SELECT u_1.id,
            1 AS one
           FROM public.u u_1) x USING (id));


ALTER TABLE public.v11 OWNER TO postgres;

--
-- Name: v12; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v12 AS
 SELECT g.n,
    l.x
   FROM (generate_series(1, 10) g(n)
     CROSS JOIN LATERAL ( SELECT (g.n * 2) AS x) l);


ALTER TABLE public.v12 OWNER TO postgres;

--
-- Name: v13; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v13 AS
 SELECT x.a,
    x.b,
    y.p,
    y.q,
    y.o,
    z.g1,
    z.g2
   FROM jsonb_to_recordset('[]'::jsonb) x(a integer, b text),
    UNNEST(ARRAY[1, 2], ARRAY['a'::text, 'b'::text]) WITH ORDINALITY y(p, q, o),
    ROWS FROM(generate_series(1, 2), generate_series(1, 3)) z(g1, g2);


ALTER TABLE public.v13 OWNER TO postgres;

--
-- Name: v14; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v14 WITH (security_barrier='true') AS
 SELECT t.id,
    t.a
   FROM public.t
  WHERE (t.id > 0)
  WITH LOCAL CHECK OPTION;


ALTER TABLE public.v14 OWNER TO postgres;

--
-- Name: v15; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v15 AS
 SELECT t.id,
    t.a
   FROM public.t
  WHERE (t.id > 0)
  WITH CASCADED CHECK OPTION;


ALTER TABLE public.v15 OWNER TO postgres;

--
-- Name: v16; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v16 AS
 VALUES (1,'a'::text), (2,'b'::text);


ALTER TABLE public.v16 OWNER TO postgres;

--
-- Name: v17; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v17 AS
 SELECT t.a,
    t.b,
    GROUPING(t.a) AS g
   FROM public.t
  GROUP BY GROUPING SETS ((t.a, t.b), (t.a), ()), ROLLUP(t.a), CUBE(t.b);


ALTER TABLE public.v17 OWNER TO postgres;

--
-- Name: v18; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v18 AS
 SELECT string_agg(t.a, ','::text ORDER BY t.b DESC) AS s,
    array_agg(DISTINCT t.a) AS ar,
    percentile_cont((0.5)::double precision) WITHIN GROUP (ORDER BY ((t.b)::double precision)) AS p
   FROM public.t;


ALTER TABLE public.v18 OWNER TO postgres;

--
-- Name: v19; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v19 AS
 SELECT t.*::public.t AS whole,
    t.id,
    t.a,
    t.b,
    t.c,
    t.d,
    t.e
   FROM public.t TABLESAMPLE bernoulli (10) REPEATABLE (1)
  WHERE ((t.a IS NOT NULL) AND ((t.b IS NULL) OR (NOT (t.b = (1)::numeric))) AND (t.a IS DISTINCT FROM 'q'::text) AND ((t.id = 1) AND (t.a = 'x'::text)) AND ((t.b >= (1)::numeric) AND (t.b <= (2)::numeric)) AND (t.a ~* 'x'::text) AND (t.a ~ similar_to_escape('y'::text)) AND (t.a !~~* 'z'::text));


ALTER TABLE public.v19 OWNER TO postgres;

--
-- Name: v2; Type: VIEW; Schema: public; Owner: pgreckon_c
--

CREATE VIEW public.v2 AS
 SELECT t.id AS x,
    t.a AS y
   FROM public.t
  WHERE ((t.b > (10)::numeric) AND (t.a ~~ 'x%'::text))
  ORDER BY t.c DESC NULLS LAST, t.a
 OFFSET 5
 LIMIT 10;


ALTER TABLE public.v2 OWNER TO pgreckon_c;

--
-- Name: v20; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v20 AS
 SELECT t.id
   FROM public.t
 FOR UPDATE OF t;


ALTER TABLE public.v20 OWNER TO postgres;

--
-- Name: v21; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v21 AS
 SELECT XMLELEMENT(NAME foo, XMLATTRIBUTES(t.a AS bar), 'x') AS x,
    CURRENT_USER AS cu,
    CURRENT_DATE AS cd,
    LOCALTIMESTAMP AS lt,
    CURRENT_TIMESTAMP(2) AS ct
   FROM public.t;


ALTER TABLE public.v21 OWNER TO postgres;

--
-- Name: v22; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v22 AS
 SELECT v1.id,
    v2.y
   FROM (public.v1
     JOIN public.v2 ON ((v1.id = v2.x)));


ALTER TABLE public.v22 OWNER TO postgres;

--
-- Name: v23; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v23 AS
 WITH RECURSIVE v23(n) AS (
         VALUES (1)
        UNION ALL
         SELECT (v23_1.n + 1)
           FROM v23 v23_1
          WHERE (v23_1.n < 100)
        )
 SELECT v23.n
   FROM v23;


ALTER TABLE public.v23 OWNER TO postgres;

--
-- Name: v24; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v24 AS
 SELECT a.id,
    b.id AS id2,
    a.a
   FROM public.t a,
    public.t b,
    public.u c
  WHERE ((a.id = b.id) AND (c.t_id = a.id));


ALTER TABLE public.v24 OWNER TO postgres;

--
-- Name: v25; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v25 AS
 SELECT 1 AS one,
    'text'::text AS txt,
    NULL::text AS nul,
    1.5 AS num,
    true AS bo,
    '2020-01-01'::date AS da,
    '-1'::integer AS neg,
    (1)::bigint AS big,
    '{1,2}'::integer[] AS arr,
    'x'::character varying(3) AS vc,
    '101'::"bit" AS bits,
    '10000000000'::numeric AS ex;


ALTER TABLE public.v25 OWNER TO postgres;

--
-- Name: v3; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v3 AS
 SELECT t.id,
    u.name,
    count(*) AS n,
    sum(t.b) FILTER (WHERE (u.kind = ANY (ARRAY['a'::text, 'b'::text]))) AS s
   FROM ((public.t
     JOIN public.u ON ((u.t_id = t.id)))
     LEFT JOIN public.u u2 ON ((u2.id = u.id)))
  GROUP BY t.id, u.name
 HAVING (count(*) > 1);


ALTER TABLE public.v3 OWNER TO postgres;

--
-- Name: v31; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v31 AS
 WITH RECURSIVE s(id, n) AS (
         SELECT t.id,
            1 AS "?column?"
           FROM public.t
        UNION ALL
         SELECT t.id,
            (s_1.n + 1)
           FROM public.t,
            s s_1
          WHERE (t.id = s_1.id)
        ) SEARCH BREADTH FIRST BY id SET ord CYCLE id SET cyc USING pa
 SELECT s.id,
    s.n,
    s.cyc
   FROM s;


ALTER TABLE public.v31 OWNER TO postgres;

--
-- Name: v32; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v32 AS
 SELECT t.id,
    t.a,
    t.b,
    t.c,
    t.d,
    t.e,
    u.t_id,
    u.name,
    u.kind
   FROM (public.t
     JOIN public.u USING (id) AS j);


ALTER TABLE public.v32 OWNER TO postgres;

--
-- Name: v4; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v4 AS
 WITH RECURSIVE r AS (
         SELECT 1 AS n
        UNION ALL
         SELECT (r_1.n + 1)
           FROM r r_1
          WHERE (r_1.n < 10)
        ), q AS (
         SELECT t.id,
            t.a,
            t.b,
            t.c,
            t.d,
            t.e
           FROM public.t
        )
 SELECT r.n,
    q.a
   FROM r,
    q
  WHERE (r.n = q.id);


ALTER TABLE public.v4 OWNER TO postgres;

--
-- Name: v5; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v5 AS
(
         SELECT t.id
           FROM public.t
        UNION
         SELECT u.id
           FROM public.u
) EXCEPT ALL (
         SELECT t.id
           FROM public.t
        INTERSECT
         SELECT u.t_id AS id
           FROM public.u
)
  ORDER BY 1;


ALTER TABLE public.v5 OWNER TO postgres;

--
-- Name: v6; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v6 AS
 SELECT row_number() OVER (PARTITION BY t.a ORDER BY t.b DESC) AS rn,
    rank() OVER w AS rk,
    sum(t.b) OVER (ORDER BY t.id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s
   FROM public.t
  WINDOW w AS (PARTITION BY t.a ORDER BY t.b);


ALTER TABLE public.v6 OWNER TO postgres;

--
-- Name: v7; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v7 AS
 SELECT DISTINCT ON (t.a) t.a,
        CASE
            WHEN (t.b > (0)::numeric) THEN 'pos'::text
            WHEN (t.b < (0)::numeric) THEN 'neg'::text
            ELSE 'zero'::text
        END AS sign,
        CASE t.a
            WHEN 'x'::text THEN 1
            ELSE NULL::integer
        END AS m,
    COALESCE(t.b, (0)::numeric) AS co,
    NULLIF(t.a, ''::text) AS nu,
    GREATEST(t.b, (1)::numeric, (2)::numeric) AS gr
   FROM public.t
  ORDER BY t.a, t.b;


ALTER TABLE public.v7 OWNER TO postgres;

--
-- Name: v8; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v8 AS
 SELECT t.id,
    ( SELECT max(u.id) AS max
           FROM public.u
          WHERE (u.t_id = t.id)) AS m,
    (EXISTS ( SELECT 1
           FROM public.u
          WHERE (u.t_id = t.id))) AS e,
    (t.id IN ( SELECT u.t_id
           FROM public.u)) AS i,
    (t.id = ANY (t.e)) AS an,
    (t.b > ALL ( SELECT u.id
           FROM public.u)) AS al,
    ARRAY( SELECT u.name
           FROM public.u) AS ar
   FROM public.t;


ALTER TABLE public.v8 OWNER TO postgres;

--
-- Name: v9; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v9 AS
 SELECT (t.d -> 'a'::text) AS a,
    (t.d ->> 'b'::text) AS b,
    (t.d #>> '{c,d}'::text[]) AS c,
    (((t.d ->> 'n'::text))::integer + 1) AS n,
    t.e[1] AS e1,
    t.e[1:2] AS e2,
    ARRAY[1, 2, t.id] AS ar,
    (ROW(t.id, t.a))::text AS r,
    EXTRACT(year FROM t.c) AS y,
    date_trunc('day'::text, t.c) AS day,
    (t.c AT TIME ZONE 'UTC'::text) AS utc,
    (t.c)::date AS dt,
    ('1 day'::interval * (2)::double precision) AS iv,
    SUBSTRING(t.a FROM 1 FOR 2) AS su,
    POSITION(('x'::text) IN (t.a)) AS po,
    TRIM(BOTH ' '::text FROM t.a) AS tr,
    OVERLAY(t.a PLACING 'z'::text FROM 2) AS ov
   FROM public.t;


ALTER TABLE public.v9 OWNER TO postgres;

--
-- Name: v1 a; Type: DEFAULT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.v1 ALTER COLUMN a SET DEFAULT 'dflt'::text;


--
-- Name: keyed keyed_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.keyed
    ADD CONSTRAINT keyed_pkey PRIMARY KEY (id);


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
-- Name: by_key _RETURN; Type: RULE; Schema: public; Owner: postgres
--

CREATE OR REPLACE VIEW public.by_key AS
 SELECT keyed.id,
    keyed.x,
    keyed.y,
    count(*) AS n
   FROM public.keyed
  GROUP BY keyed.id;


--
-- Name: loop1 _RETURN; Type: RULE; Schema: public; Owner: postgres
--

CREATE OR REPLACE VIEW public.loop1 AS
 SELECT loop2.a,
    loop2.b
   FROM public.loop2
  WHERE (loop2.a > 1);


--
-- Name: v1 r1; Type: RULE; Schema: public; Owner: postgres
--

CREATE RULE r1 AS
    ON INSERT TO public.v1 DO INSTEAD  INSERT INTO public.t (id, a)
  VALUES (new.id, new.a)
  RETURNING t.id,
    t.a,
    t.b,
    t.c,
    t.d,
    t.e;


--
-- Name: t r2; Type: RULE; Schema: public; Owner: postgres
--

CREATE RULE r2 AS
    ON UPDATE TO public.t
   WHERE (old.id <> new.id) DO ( INSERT INTO public.u (id, name)
  VALUES (new.id, old.a);
 DELETE FROM public.u
  WHERE (u.id = old.id);
);
ALTER TABLE public.t ENABLE ALWAYS RULE r2;


--
-- Name: RULE r2 ON t; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON RULE r2 ON public.t IS 'a rule';


--
-- Name: t r3; Type: RULE; Schema: public; Owner: postgres
--

CREATE RULE r3 AS
    ON DELETE TO public.t DO INSTEAD NOTHING;
ALTER TABLE public.t DISABLE RULE r3;


--
-- Name: u r4; Type: RULE; Schema: public; Owner: postgres
--

CREATE RULE r4 AS
    ON INSERT TO public.u DO
 NOTIFY chan;


--
-- Name: v2 r5; Type: RULE; Schema: public; Owner: pgreckon_c
--

CREATE RULE r5 AS
    ON UPDATE TO public.v2 DO INSTEAD  UPDATE public.t SET a = new.y, b = (t.b + (1)::numeric)
  WHERE (t.id = old.x);


--
-- Name: u u_t_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.u
    ADD CONSTRAINT u_t_id_fkey FOREIGN KEY (t_id) REFERENCES public.t(id);


--
-- Name: TABLE v1; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT ON TABLE public.v1 TO pgreckon_c;


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

