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
-- Name: ranges; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.ranges (
    d daterange DEFAULT '[2020-01-01,2021-01-01)'::daterange,
    d2 daterange DEFAULT '[2020-01-02,)'::daterange,
    d3 daterange DEFAULT 'empty'::daterange,
    t tsrange DEFAULT '["2020-01-01 00:00:00","2021-01-01 00:00:00")'::tsrange,
    t2 tsrange DEFAULT '(,"2021-01-01 12:30:00")'::tsrange,
    n numrange DEFAULT '(1.50,2]'::numrange,
    n2 numrange DEFAULT 'empty'::numrange,
    i int4range DEFAULT '[1,6)'::int4range,
    i8 int8range DEFAULT '[2,)'::int8range,
    CONSTRAINT ranges_d_check CHECK ((d <@ '[2000-01-01,2100-01-02)'::daterange))
);


ALTER TABLE public.ranges OWNER TO postgres;

--
-- Name: several; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.several (
    m int4multirange DEFAULT '{[1,6)}'::int4multirange,
    m2 datemultirange DEFAULT '{}'::datemultirange
);


ALTER TABLE public.several OWNER TO postgres;

--
-- Name: shapes; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.shapes (
    b box DEFAULT '(3,4),(1,2)'::box,
    b2 box DEFAULT '(10,2),(3,-4.5)'::box,
    p point DEFAULT '(1,2.5)'::point,
    p2 point DEFAULT '(1e+20,1e-07)'::point,
    c circle DEFAULT '<(0,0),1>'::circle,
    s lseg DEFAULT '[(0,0),(1,1)]'::lseg,
    pa path DEFAULT '[(0,0),(1,1)]'::path,
    pb path DEFAULT '((0,0),(1,1))'::path,
    po polygon DEFAULT '((0,0),(1,1),(1,0))'::polygon,
    l line DEFAULT '{1,2,3}'::line,
    l2 line DEFAULT '{3,-1,0}'::line,
    l3 line DEFAULT '{-1,0,2}'::line
);


ALTER TABLE public.shapes OWNER TO postgres;

--
-- Name: shown; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.shown AS
 SELECT '(1,1),(0,0)'::box AS b,
    '[2020-01-01,2020-02-01)'::daterange AS d,
    shapes.p
   FROM public.shapes
  WHERE (shapes.p <@ '(1,1),(0,0)'::box);


ALTER TABLE public.shown OWNER TO postgres;

--
-- Name: ranges ranges_d_excl; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.ranges
    ADD CONSTRAINT ranges_d_excl EXCLUDE USING gist (d WITH &&);


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

