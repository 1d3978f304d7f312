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
-- Name: ct; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.ct AS (
	p integer,
	q text
);


ALTER TYPE public.ct OWNER TO postgres;

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
    x xml,
    r int4range
);


ALTER TABLE public.t OWNER TO postgres;

--
-- Name: b10; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b10 AS
 SELECT id,
    a,
    b,
    c,
    d,
    e,
    x,
    r
   FROM public.t;


ALTER VIEW public.b10 OWNER TO postgres;

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
-- Name: b11; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b11 AS
 SELECT id,
    t_id,
    name,
    kind,
    v
   FROM ( SELECT u.id,
            u.t_id,
            u.name,
            u.kind,
            u.v
           FROM public.u) q;


ALTER VIEW public.b11 OWNER TO postgres;

--
-- Name: b12; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b12 AS
(
         SELECT 1 AS p,
            2 AS q
        UNION
         SELECT 3 AS p,
            4 AS q
) UNION ALL
 SELECT 5 AS p,
    6 AS q;


ALTER VIEW public.b12 OWNER TO postgres;

--
-- Name: b13; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b13 AS
 SELECT 1 AS one
UNION ALL (
         SELECT 2 AS one
        EXCEPT
         SELECT 3 AS one
)
  ORDER BY 1 DESC
 OFFSET 2
 LIMIT ALL;


ALTER VIEW public.b13 OWNER TO postgres;

--
-- Name: b14; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b14 AS
 SELECT NULL::integer AS a,
    'u'::text AS b
UNION
 SELECT 1 AS a,
    'v'::text AS b;


ALTER VIEW public.b14 OWNER TO postgres;

--
-- Name: b15; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b15 AS
 VALUES (1,NULL::numeric,'x'::text), (2,3.5,NULL::text);


ALTER VIEW public.b15 OWNER TO postgres;

--
-- Name: b16; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b16 AS
 SELECT v.n,
    v.s,
    w.m
   FROM (( VALUES (1,'a'::text), (2,'b'::text)) v(n, s)
     JOIN LATERAL ( VALUES ((v.n + 1))) w(m) ON ((w.m > v.n)));


ALTER VIEW public.b16 OWNER TO postgres;

--
-- Name: b17; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b17 AS
 WITH a AS (
         SELECT 1 AS x
        ), b AS (
         WITH c AS (
                 SELECT a_1.x
                   FROM a a_1
                )
         SELECT c.x
           FROM c
        )
 SELECT ( WITH d AS (
                 SELECT b_1.x
                   FROM b b_1
                )
         SELECT count(*) AS count
           FROM d) AS n,
    (EXISTS ( WITH a AS (
                 SELECT 2 AS y
                )
         SELECT a_1.y
           FROM a a_1)) AS "exists"
   FROM a,
    b;


ALTER VIEW public.b17 OWNER TO postgres;

--
-- Name: b18; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b18 AS
 WITH ins AS (
         SELECT t_1.id
           FROM public.t t_1
         FOR SHARE OF t_1
        )
 SELECT t.id
   FROM (public.t
     JOIN public.u ON ((t.id = u.id)))
 FOR UPDATE OF t NOWAIT
 FOR KEY SHARE OF u;


ALTER VIEW public.b18 OWNER TO postgres;

--
-- Name: b19; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b19 AS
 SELECT count(*) AS count,
    (now() - '1 year 2 mons 3 days 04:05:06.789'::interval) AS iv,
    CURRENT_TIMESTAMP AS "current_timestamp",
    (CURRENT_DATE - 1) AS y,
    (date_trunc('month'::text, c))::date AS m,
    age(c) AS age,
    make_interval(days => 10) AS make_interval,
    concat_ws(','::text, a, b) AS concat_ws,
    jsonb_build_object('k', a, 'n', b) AS jsonb_build_object,
    jsonb_agg(d ORDER BY id) FILTER (WHERE (d IS NOT NULL)) AS jsonb_agg,
    string_agg(a, '
'::text) AS string_agg,
    array_to_string(array_agg(DISTINCT a), ','::text) AS array_to_string,
    to_char(c, 'YYYY-MM-DD"T"HH24'::text) AS to_char
   FROM public.t
  GROUP BY c, a, b;


ALTER VIEW public.b19 OWNER TO postgres;

--
-- Name: b21; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b21 AS
 SELECT t1.id,
    t2.id AS id2
   FROM ((((public.t t1
     LEFT JOIN (public.t t2
     JOIN public.u ON (((u.t_id = t2.id) AND (u.kind = 'a'::bpchar)))) ON ((t1.id = t2.id)))
     RIGHT JOIN public.u u2 ON (true))
     CROSS JOIN LATERAL generate_series(1, t1.id) g(g))
     FULL JOIN ( SELECT 1 AS one) z ON ((z.one = g.g)));


ALTER VIEW public.b21 OWNER TO postgres;

--
-- Name: b23; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b23 AS
 SELECT ctid,
    tableoid,
    (tableoid)::regclass AS tc,
    xmin
   FROM public.t;


ALTER VIEW public.b23 OWNER TO postgres;

--
-- Name: b24; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b24 AS
 SELECT t.tid,
    t.a,
    u.uid,
    u.name
   FROM ( SELECT t_1.id AS tid,
            t_1.a
           FROM public.t t_1) t,
    ( SELECT u_1.id AS uid,
            u_1.name
           FROM public.u u_1) u;


ALTER VIEW public.b24 OWNER TO postgres;

--
-- Name: b25; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b25 AS
 SELECT (int8range((1)::bigint, (5)::bigint) * '[2,3)'::int8range) AS i,
    '{[1,2)}'::int4multirange AS m,
    (r -|- '[5,6)'::int4range) AS adj,
    isempty(r) AS isempty,
    upper_inc(r) AS upper_inc,
    daterange('2020-01-01'::date, NULL::date, '[]'::text) AS daterange,
    (point((1)::double precision, (2)::double precision) <-> '(3,4)'::point) AS dist,
    '10.0.0.0/8'::cidr AS ci,
    '08:00:2b:01:02:03'::macaddr AS ma,
    'a'::"char" AS ch,
    '1'::xid8 AS xi,
    '0/0'::pg_lsn AS lsn,
    ('{"a": 1}'::jsonb || '{"b": 2}'::jsonb) AS jj,
    (d - 'k'::text) AS dm,
    (d #- '{a,b}'::text[]) AS dp,
    (d @? '$."x"'::jsonpath) AS dq,
    (d @@ '($."x" > 1)'::jsonpath) AS dt,
    jsonb_path_query_first(d, '$."a"?(@ > $"m")'::jsonpath, '{"m": 1}'::jsonb) AS jsonb_path_query_first
   FROM public.t;


ALTER VIEW public.b25 OWNER TO postgres;

--
-- Name: b26; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b26 AS
 SELECT a AS "select",
    b AS from1,
    c AS "table",
    id AS end1,
    a AS value,
    a AS name,
    a AS type,
    a AS year,
    a AS "end",
    a AS "window",
    a AS over
   FROM public.t "order";


ALTER VIEW public.b26 OWNER TO postgres;

--
-- Name: b5; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b5 AS
 SELECT name
   FROM public.u
  WHERE (((name)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text])) AND (kind = 'abc'::bpchar) AND (kind = ANY (ARRAY['a'::bpchar, 'b'::bpchar])) AND ((name)::text = ANY (ARRAY['p'::text, 'q'::text])) AND ((name)::text <> ALL ('{a,b}'::text[])) AND ((name)::text ~~ 'x%'::text) AND (lower((name)::text) = 'y'::text) AND (((name)::text || 'x'::text) = 'yx'::text) AND (v = ('101'::"bit")::bit varying) AND (((name)::text >= 'a'::text) AND ((name)::text <= 'b'::text)) AND ((COALESCE(name, 'none'::character varying))::text = 'q'::text) AND
        CASE name
            WHEN 'a'::text THEN true
            ELSE (kind = 'x'::bpchar)
        END AND (NULLIF((name)::text, 'x'::text) IS NOT NULL));


ALTER VIEW public.b5 OWNER TO postgres;

--
-- Name: b6; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b6 AS
 SELECT sum(b) OVER w AS sum,
    avg(id) OVER (w RANGE BETWEEN CURRENT ROW AND '1 day'::interval FOLLOWING) AS avg,
    count(*) OVER (PARTITION BY a ORDER BY c RANGE BETWEEN '1 day'::interval PRECEDING AND '1 day'::interval FOLLOWING) AS count,
    nth_value(a, 2) OVER (ORDER BY id GROUPS 2 PRECEDING) AS nth_value
   FROM public.t
  WINDOW w AS (PARTITION BY e[1] ORDER BY c);


ALTER VIEW public.b6 OWNER TO postgres;

--
-- Name: b7; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b7 AS
 SELECT d.d,
    x.y,
    s.s,
    j.k,
    j.v,
    unnest.unnest,
    unnest.ordinality
   FROM generate_series(('2020-01-01'::date)::timestamp with time zone, '2020-02-01 00:00:00+00'::timestamp with time zone, '1 day'::interval) d(d),
    LATERAL ( SELECT (d.d + '01:00:00'::interval) AS "?column?") x(y),
    string_to_table('a,b'::text, ','::text) s(s),
    json_each_text('{}'::json) j(k, v),
    unnest('{1,2}'::integer[]) WITH ORDINALITY unnest(unnest, ordinality);


ALTER VIEW public.b7 OWNER TO postgres;

--
-- Name: b8; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b8 AS
 SELECT a,
    n
   FROM ( SELECT t.a,
            count(*) AS n
           FROM public.t
          GROUP BY t.a
         HAVING (count(*) > 1)
          ORDER BY (count(*)) DESC
         LIMIT 5) s
  WHERE ((n > ANY ( SELECT u.id
           FROM public.u)) OR (a IN ( SELECT u.name
           FROM public.u
          WHERE (u.t_id = s.n))) OR (NOT ((a, n) IN ( SELECT u.name,
            u.id
           FROM public.u))));


ALTER VIEW public.b8 OWNER TO postgres;

--
-- Name: b9; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b9 AS
 SELECT DISTINCT ON (a, (b + (1)::numeric)) a,
    c AS "order",
    d AS "Mixed Case",
    e AS "üml"
   FROM public.t
  ORDER BY a, (b + (1)::numeric), c DESC NULLS LAST;


ALTER VIEW public.b9 OWNER TO postgres;

--
-- Name: k; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.k (
    c public.ct,
    ca public.ct[],
    m int4multirange
);


ALTER TABLE public.k OWNER TO postgres;

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
-- Name: b10 rr1; Type: RULE; Schema: public; Owner: postgres
--

CREATE RULE rr1 AS
    ON INSERT TO public.b10 DO INSTEAD  INSERT INTO public.t AS tt (id, a)
  VALUES (new.id, COALESCE(new.a, 'dflt'::text)) ON CONFLICT(id)
  WHERE (id > 0) DO UPDATE SET a = (excluded.a || tt.a), b = DEFAULT
  WHERE (tt.id <> excluded.id)
  RETURNING tt.id,
    tt.a,
    tt.b,
    tt.c,
    tt.d,
    tt.e,
    tt.x,
    tt.r;


--
-- Name: b10 rr2; Type: RULE; Schema: public; Owner: postgres
--

CREATE RULE rr2 AS
    ON UPDATE TO public.b10 DO INSTEAD ( UPDATE public.t SET (a, b) = ( SELECT new.a,
            new.b), e[1] = 5
   FROM public.u
  WHERE ((t.id = old.id) AND (u.id = t.id));
 INSERT INTO public.u (id, t_id, name)  SELECT new.id,
            old.id,
            'x'
          WHERE (new.id IS DISTINCT FROM old.id);
 DELETE FROM public.u
   USING public.t
  WHERE ((u.id = t.id) AND (t.id = old.id));
);


--
-- Name: b10 rr3; Type: RULE; Schema: public; Owner: postgres
--

CREATE RULE rr3 AS
    ON DELETE TO public.b10
   WHERE (old.id > 5) DO INSTEAD NOTHING;


--
-- Name: b10 rr4; Type: RULE; Schema: public; Owner: postgres
--

CREATE RULE rr4 AS
    ON DELETE TO public.b10 DO INSTEAD  DELETE FROM public.t
  WHERE (t.id = old.id)
  RETURNING t.id,
    t.a,
    t.b,
    t.c,
    t.d,
    t.e,
    t.x,
    t.r;


--
-- Name: u rr5; Type: RULE; Schema: public; Owner: postgres
--

CREATE RULE rr5 AS
    ON INSERT TO public.u
   WHERE ((new.name)::text = 'n'::text) DO  INSERT INTO public.t (id) VALUES (1), (new.id) ON CONFLICT DO NOTHING;


--
-- Name: u rr6; Type: RULE; Schema: public; Owner: postgres
--

CREATE RULE rr6 AS
    ON UPDATE TO public.u DO
 NOTIFY chan;


--
-- Name: u rr7; Type: RULE; Schema: public; Owner: postgres
--

CREATE RULE rr7 AS
    ON INSERT TO public.u DO  WITH q AS (
         SELECT 1 AS o
        )
 INSERT INTO public.t (id)  SELECT q.o
           FROM q;


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

