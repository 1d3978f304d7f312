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
    renamed text,
    b numeric
);


ALTER TABLE public.t OWNER TO postgres;

--
-- Name: u; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.u (
    ident integer NOT NULL,
    t_id integer,
    name character varying(30)
);


ALTER TABLE public.u OWNER TO postgres;

--
-- Name: w; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.w (
    t_id integer,
    n bigint,
    z text,
    a text
);


ALTER TABLE public.w OWNER TO postgres;

--
-- Name: a1; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a1 AS
 SELECT u.t_id,
    t.id,
    t.renamed AS a,
    t.b,
    u.name,
    w.n,
    w.z
   FROM ((public.t
     JOIN public.u u(id, t_id, name) USING (id))
     JOIN public.w USING (t_id));


ALTER VIEW public.a1 OWNER TO postgres;

--
-- Name: a10; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a10 AS
 SELECT x.id,
    j.t_id,
    j.z
   FROM (public.t x
     RIGHT JOIN (public.u y
     JOIN public.w z USING (t_id)) j ON ((x.id = j.t_id)));


ALTER VIEW public.a10 OWNER TO postgres;

--
-- Name: a11; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a11 AS
 SELECT j.id,
    k.n
   FROM ((public.t
     FULL JOIN public.u u(id, t_id, name) USING (id)) j
     LEFT JOIN (public.w
     CROSS JOIN LATERAL ( SELECT w.n AS m) l) k ON ((k.t_id = j.id)))
  WHERE (j.renamed IS NOT NULL)
  GROUP BY j.id, k.n
  ORDER BY j.id;


ALTER VIEW public.a11 OWNER TO postgres;

--
-- Name: a12; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a12 AS
 SELECT j.id,
    ( SELECT max(w.n) AS max
           FROM public.w
          WHERE (w.t_id = j.id)) AS m
   FROM (public.t
     JOIN public.u u(id, t_id, name) USING (id)) j;


ALTER VIEW public.a12 OWNER TO postgres;

--
-- Name: a13; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a13 AS
 SELECT o.id,
    o.name
   FROM ((public.t
     JOIN public.u u(id, t_id, name) USING (id)) i
     JOIN public.w ON ((w.t_id = i.t_id))) o(id, renamed, b, t_id, name, t_id_1, n, z, a);


ALTER VIEW public.a13 OWNER TO postgres;

--
-- Name: a14; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a14 AS
 SELECT t1.id
   FROM public.t t1,
    public.t t1_1,
    public.t
  WHERE (t.id = t1.id);


ALTER VIEW public.a14 OWNER TO postgres;

--
-- Name: a3; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a3 AS
 SELECT j.id,
    j.renamed AS a,
    j.b,
    j.t_id,
    j.name
   FROM (public.t
     JOIN public.u u(id, t_id, name) USING (id)) j;


ALTER VIEW public.a3 OWNER TO postgres;

--
-- Name: a6; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a6 AS
 SELECT id,
    t.id AS tid,
    u.id AS uid
   FROM (public.t
     FULL JOIN public.u u(id, t_id, name) USING (id))
  WHERE (id > 5)
  ORDER BY id;


ALTER VIEW public.a6 OWNER TO postgres;

--
-- Name: a15; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a15 AS
 SELECT a3.id,
    a3.a,
    a3.b,
    a3.t_id,
    a3.name,
    a6.tid,
    a6.uid
   FROM (public.a3
     JOIN public.a6 USING (id));


ALTER VIEW public.a15 OWNER TO postgres;

--
-- Name: a16; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a16 AS
 SELECT
   FROM (public.t
     CROSS JOIN public.u);


ALTER VIEW public.a16 OWNER TO postgres;

--
-- Name: a2; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a2 AS
 SELECT u.t_id,
    id,
    t.renamed AS a,
    t.b,
    u.name,
    w.n,
    w.z
   FROM ((public.t
     FULL JOIN public.u u(id, t_id, name) USING (id))
     LEFT JOIN public.w USING (t_id));


ALTER VIEW public.a2 OWNER TO postgres;

--
-- Name: a4; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a4 AS
 SELECT j.id,
    j.a
   FROM (public.t
     LEFT JOIN public.u ON ((t.id = u.t_id))) j(id, a, bb, id2, t_id, name);


ALTER VIEW public.a4 OWNER TO postgres;

--
-- Name: a5; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a5 AS
 SELECT t.*::public.t AS t,
    u.id,
    u.t_id,
    u.name
   FROM (public.t
     LEFT JOIN public.u u(id, t_id, name) USING (id));


ALTER VIEW public.a5 OWNER TO postgres;

--
-- Name: a7; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a7 AS
 SELECT t_id,
    u.ident AS id,
    u.name,
    w.n,
    w.z
   FROM (public.u
     FULL JOIN public.w USING (t_id));


ALTER VIEW public.a7 OWNER TO postgres;

--
-- Name: a8; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a8 AS
 SELECT s.id,
    s.q,
    v.r
   FROM (( SELECT t.id,
            t.renamed AS a
           FROM public.t) s(id, q)
     JOIN ( VALUES (1,'x'::text), (2,'y'::text)) v(id, r) USING (id));


ALTER VIEW public.a8 OWNER TO postgres;

--
-- Name: a9; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.a9 AS
 SELECT x.id,
    y.name
   FROM (public.t x
     RIGHT JOIN (public.u y(id, t_id, name)
     CROSS JOIN public.w z) USING (id));


ALTER VIEW public.a9 OWNER TO postgres;

--
-- Name: b1; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b1 AS
 SELECT t.id
   FROM (public.t
     JOIN public.a3 USING (id) AS k)
  WHERE (t.id = t.id);


ALTER VIEW public.b1 OWNER TO postgres;

--
-- Name: b2; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.b2 AS
 SELECT id,
    a3.name
   FROM (public.a3
     FULL JOIN public.t USING (id) AS k)
  ORDER BY id;


ALTER VIEW public.b2 OWNER TO postgres;

--
-- Name: t t_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.t
    ADD CONSTRAINT t_pkey PRIMARY KEY (id);


--
-- Name: u u_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.u
    ADD CONSTRAINT u_pkey PRIMARY KEY (ident);


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

