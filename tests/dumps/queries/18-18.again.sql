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


ALTER VIEW public.a10 OWNER TO postgres;

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


ALTER VIEW public.a12 OWNER TO postgres;

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


ALTER VIEW public.a13 OWNER TO postgres;

--
-- Name: a14; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a14 AS
 SELECT a,
    b,
    c
   FROM jsonb_to_record('{}'::jsonb) f(a integer, b text COLLATE "C", c numeric(3,1)[]);


ALTER VIEW public.a14 OWNER TO postgres;

--
-- Name: a15; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a15 AS
 SELECT g,
    h,
    i,
    o
   FROM ROWS FROM(generate_series(1, 3), jsonb_to_recordset('[]'::jsonb) AS (p integer, q text)) WITH ORDINALITY r(g, h, i, o);


ALTER VIEW public.a15 OWNER TO postgres;

--
-- Name: a17; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a17 AS
 SELECT count(*) FILTER (WHERE (a IS NOT NULL)) OVER (PARTITION BY b, c ORDER BY id DESC RANGE BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING EXCLUDE TIES) AS q,
    lag(a, 2, 'z'::text) OVER (w1 ROWS 3 PRECEDING) AS lag,
    first_value(b) OVER (w2 GROUPS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS fv,
    ntile(4) OVER () AS ntile
   FROM public.t
  WINDOW w1 AS (PARTITION BY a), w2 AS (w1 ORDER BY b);


ALTER VIEW public.a17 OWNER TO postgres;

--
-- Name: a18; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a18 AS
 SELECT a,
    b,
    c,
    GROUPING(a, b) AS "grouping",
    count(*) AS count
   FROM public.t
  GROUP BY GROUPING SETS ((a), ROLLUP(b, (a, c)), CUBE(a, b), (), (c))
 HAVING (GROUPING(a) = 0);


ALTER VIEW public.a18 OWNER TO postgres;

--
-- Name: a19; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a19 AS
 SELECT DISTINCT a,
    b
   FROM public.t
  GROUP BY DISTINCT ROLLUP(a), ROLLUP(b)
  ORDER BY a DESC, b DESC;


ALTER VIEW public.a19 OWNER TO postgres;

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


ALTER VIEW public.a2 OWNER TO postgres;

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


ALTER VIEW public.a21 OWNER TO postgres;

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


ALTER VIEW public.a22 OWNER TO postgres;

--
-- Name: a23; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a23 AS
 SELECT id
   FROM ONLY public.t TABLESAMPLE system (12.5)
  WHERE ((id IN ( SELECT u.id
           FROM public.u)) AND (id <> ALL (ARRAY[1, 2])) AND ((id, a) IN ( SELECT u.id,
            u.name
           FROM public.u)) AND (NOT (EXISTS ( SELECT
           FROM public.w))) AND (ROW(id, a) < ROW(5, 'x'::text)) AND ((a IS DISTINCT FROM a) OR (b IS DISTINCT FROM b)) AND (ROW(a, b) IS NOT NULL) AND ((a IS NULL) IS NOT TRUE) AND (b IS NULL) AND ((a COLLATE "C") < 'x'::text))
 FOR NO KEY UPDATE OF t SKIP LOCKED;


ALTER VIEW public.a23 OWNER TO postgres;

--
-- Name: a24; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a24 AS
 SELECT
        CASE
            WHEN (a = 'x'::text) THEN 1
            ELSE 2
        END AS "case",
        CASE id
            WHEN 1 THEN 'a'::text
            WHEN 2 THEN 'b'::text
            ELSE NULL::text
        END AS cs,
    ((a || 'x'::text) || (b)::text) AS con,
    (- id) AS neg,
    (+ b) AS pos,
    ((id)::double precision ^ (2)::double precision) AS pw,
    (|/ (b)::double precision) AS sq,
    (@ id) AS ab,
    (~ id) AS bn,
    (id # 3) AS xr,
    (id << 2) AS sl,
    (a ~~ like_escape('x'::text, '!'::text)) AS le,
    (a ~ similar_to_escape('x_'::text)) AS si,
    (a !~~* 'y'::text) AS ni,
    (a ^@ 'p'::text) AS st,
    (((id >= 5) AND (id <= 1)) OR ((id >= 1) AND (id <= 5))) AS bs,
    ((id < 1) OR (id > 2)) AS nb,
    (a = 'x'::text) AS i1,
    (a <> ALL (ARRAY['x'::text, 'y'::text])) AS i2,
    (id = ANY (ARRAY[1, 2])) AS i3,
    e[1:] AS s1,
    e[:2] AS s2,
    e[:] AS s3,
    d['a'::text]['b'::text] AS sb,
    (e @> ARRAY[1]) AS ct,
    (NOT (a = 'x'::text)) AS nt,
    ((a = 'x'::text) = true) AS eqt,
    (a IS NORMALIZED) AS norm,
    (NOT (a IS NFKC NORMALIZED)) AS nf,
    NORMALIZE(a, NFD) AS nz,
    x IS DOCUMENT AS isd
   FROM public.t;


ALTER VIEW public.a24 OWNER TO postgres;

--
-- Name: a25; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a25 AS
 SELECT EXTRACT(epoch FROM c) AS ep,
    date_part('dow'::text, c) AS dp,
    (c AT TIME ZONE 'Europe/Paris'::text) AS tz,
    (c AT LOCAL) AS lo,
    (((c)::date, (c)::date) OVERLAPS (now(), '1 day'::interval)) AS ov,
    "substring"(a, 1, 2) AS s1,
    "substring"(a, '\d+'::text) AS s2,
    SUBSTRING(a SIMILAR 'x#"y#"z'::text ESCAPE '#'::text) AS s3,
    POSITION(('a'::text) IN (a)) AS po,
    TRIM(LEADING 'x'::text FROM a) AS t1,
    TRIM(BOTH FROM a) AS t2,
    btrim(a, 'x'::text) AS t3,
    TRIM(TRAILING FROM a) AS t4,
    OVERLAY(a PLACING 'b'::text FROM 1 FOR 2) AS o,
    XMLPARSE(DOCUMENT '<a/>'::text STRIP WHITESPACE) AS xp,
    XMLPARSE(CONTENT 'x'::text PRESERVE WHITESPACE) AS xp2,
    XMLSERIALIZE(CONTENT x AS text NO INDENT) AS xs,
    (XMLSERIALIZE(DOCUMENT x AS character varying(10) INDENT))::character varying(10) AS xs2,
    XMLROOT(x, VERSION '1.0'::text, STANDALONE YES) AS xr,
    XMLROOT(x, VERSION NO VALUE) AS xr2,
    XMLPI(NAME php, 'echo'::text) AS xpi,
    XMLCONCAT(x, x) AS xc,
    XMLFOREST(a AS b, id AS id, c AS "C") AS xf,
    XMLELEMENT(NAME "E e", XMLATTRIBUTES(a AS "k k", id AS id), x, 'b') AS xe,
    XMLEXISTS(('//a'::text) PASSING (x)) AS xx,
    COLLATION FOR (a) AS cf,
    CURRENT_ROLE AS r,
    SESSION_USER AS su,
    USER AS us,
    CURRENT_CATALOG AS cc,
    CURRENT_SCHEMA AS cs,
    LOCALTIME(3) AS lt,
    CURRENT_TIME AS ct
   FROM public.t;


ALTER VIEW public.a25 OWNER TO postgres;

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


ALTER VIEW public.a26 OWNER TO postgres;

--
-- Name: a27; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a27 AS
 SELECT jt.o,
    jt.n,
    jt.q,
    jt.ex,
    jt.z,
    jt.y
   FROM public.t,
    LATERAL JSON_TABLE(
            t.d, '$."a"[*]' AS root
            PASSING
                t.id AS i,
                t.a AS "B b"
            COLUMNS (
                o FOR ORDINALITY,
                n integer PATH '$."n"' DEFAULT 3 ON EMPTY ERROR ON ERROR,
                q jsonb PATH '$."q"' WITH CONDITIONAL WRAPPER KEEP QUOTES,
                ex boolean EXISTS PATH '$."e"',
                NESTED PATH '$."k"[*]' AS nest
                COLUMNS (
                    z text PATH '$."z"',
                    NESTED PATH '$."m"' AS json_table_path_0
                    COLUMNS (
                        y text PATH '$'
                    )
                )
            ) ERROR ON ERROR
        ) jt;


ALTER VIEW public.a27 OWNER TO postgres;

--
-- Name: a28; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a28 AS
SELECT
    NULL::integer AS jv,
    NULL::jsonb AS jq,
    NULL::text AS jq2,
    NULL::boolean AS je,
    NULL::json AS jo,
    NULL::jsonb AS jo2,
    NULL::json AS ja,
    NULL::json AS ja2,
    NULL::jsonb AS jaa,
    NULL::json AS joa,
    NULL::json AS js,
    NULL::json AS jsc,
    NULL::bytea AS jse,
    NULL::boolean AS ij,
    NULL::boolean AS ij2,
    NULL::json AS jae,
    NULL::json AS joe,
    NULL::json AS jfj;


ALTER VIEW public.a28 OWNER TO postgres;

--
-- Name: a29; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a29 AS
 SELECT string_agg(DISTINCT a, ','::text ORDER BY a) AS sa,
    array_agg(a ORDER BY b DESC NULLS LAST, id) AS aa,
    percentile_cont(ARRAY[(0.1)::double precision, (0.9)::double precision]) WITHIN GROUP (ORDER BY ((b)::double precision)) AS pc,
    mode() WITHIN GROUP (ORDER BY (a COLLATE "C") DESC) AS mo,
    rank(1, 'x'::text) WITHIN GROUP (ORDER BY id, a) AS rk,
    count(DISTINCT ROW(a, b)) AS cd,
    max(b) FILTER (WHERE (id > 3)) AS mf,
    bool_and((b > (0)::numeric)) AS ba,
    variance(b) AS va,
    format('%s'::text, VARIADIC (e)::text[]) AS fv
   FROM public.t
  GROUP BY e;


ALTER VIEW public.a29 OWNER TO postgres;

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


ALTER VIEW public.a3 OWNER TO postgres;

--
-- Name: a32; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a32 WITH (security_invoker='true', security_barrier='true') AS
 SELECT id,
    a
   FROM public.t
  WHERE (id > 0)
  WITH CASCADED CHECK OPTION;


ALTER VIEW public.a32 OWNER TO postgres;

--
-- Name: a34; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a34 AS
 SELECT
   FROM public.t;


ALTER VIEW public.a34 OWNER TO postgres;

--
-- Name: a35; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a35 AS
 SELECT id,
    id AS id_1,
    1 AS "?column?",
    a AS "A",
    'x'::text AS "user"
   FROM public.t;


ALTER VIEW public.a35 OWNER TO postgres;

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


ALTER VIEW public.a36 OWNER TO postgres;

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
    c.relallfrozen,
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


ALTER VIEW public.a37 OWNER TO postgres;

--
-- Name: a4; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a4 AS
 SELECT j.id,
    j.a
   FROM (public.t
     LEFT JOIN public.u ON ((t.id = u.t_id))) j(id, a, bb, cc, dd, ee, xx, id2, t_id, name, kind, v);


ALTER VIEW public.a4 OWNER TO postgres;

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


ALTER VIEW public.a5 OWNER TO postgres;

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


ALTER VIEW public.a6 OWNER TO postgres;

--
-- Name: a7; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a7 AS
 SELECT t.id
   FROM (public.t
     JOIN public.u USING (id) AS k)
  WHERE (t.id = t.id);


ALTER VIEW public.a7 OWNER TO postgres;

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


ALTER VIEW public.a9 OWNER TO postgres;

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
-- Name: a28 _RETURN; Type: RULE; Schema: public; Owner: postgres
--

CREATE OR REPLACE VIEW public.a28 AS
 SELECT JSON_VALUE(d, '$."a"' RETURNING integer DEFAULT 5 ON EMPTY) AS jv,
    JSON_QUERY(d, '$."b"' PASSING 3 AS x RETURNING jsonb WITH UNCONDITIONAL WRAPPER KEEP QUOTES) AS jq,
    JSON_QUERY(d, '$' RETURNING text WITHOUT WRAPPER OMIT QUOTES EMPTY ARRAY ON ERROR) AS jq2,
    JSON_EXISTS(d, '$."c"' UNKNOWN ON ERROR) AS je,
    JSON_OBJECT('a' : 1, 'b' : a WITH UNIQUE KEYS RETURNING json) AS jo,
    JSON_OBJECT('k' : 1 ABSENT ON NULL RETURNING jsonb) AS jo2,
    JSON_ARRAY(1, a, NULL::text NULL ON NULL RETURNING json) AS ja,
    ( SELECT JSON_ARRAYAGG(q.a RETURNING json) AS "json_arrayagg"
           FROM ( SELECT u.id
                   FROM public.u
                  ORDER BY u.id) q(a)) AS ja2,
    JSON_ARRAYAGG(a ORDER BY b RETURNING jsonb) AS jaa,
    JSON_OBJECTAGG(a : b WITH UNIQUE KEYS RETURNING json) AS joa,
    JSON(a) AS js,
    JSON_SCALAR(1) AS jsc,
    JSON_SERIALIZE(d RETURNING bytea) AS jse,
    (a IS JSON OBJECT WITH UNIQUE KEYS) AS ij,
    (NOT (a IS JSON)) AS ij2,
    JSON_ARRAY( RETURNING json) AS jae,
    JSON_OBJECT( RETURNING json) AS joe,
    JSON('{}'::text FORMAT JSON) AS jfj
   FROM public.t
  GROUP BY id;


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

