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
-- Name: os; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA os;


ALTER SCHEMA os OWNER TO postgres;

--
-- Name: agg3s(integer, integer, integer[]); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.agg3s(integer, integer, integer[]) RETURNS integer
    LANGUAGE sql
    AS $$select 1$$;


ALTER FUNCTION public.agg3s(integer, integer, integer[]) OWNER TO postgres;

--
-- Name: cmp2(integer, integer); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.cmp2(integer, integer) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$select 1$$;


ALTER FUNCTION public.cmp2(integer, integer) OWNER TO postgres;

--
-- Name: lt2(integer, text); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.lt2(integer, text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$select true$$;


ALTER FUNCTION public.lt2(integer, text) OWNER TO postgres;

--
-- Name: ag7(text); Type: AGGREGATE; Schema: public; Owner: postgres
--

CREATE AGGREGATE public.ag7(text) (
    SFUNC = textcat,
    STYPE = text
);


ALTER AGGREGATE public.ag7(text) OWNER TO postgres;

--
-- Name: agg1(integer); Type: AGGREGATE; Schema: public; Owner: pgreckon_c
--

CREATE AGGREGATE public.agg1(integer) (
    SFUNC = int4pl,
    STYPE = integer,
    INITCOND = '0'
);


ALTER AGGREGATE public.agg1(integer) OWNER TO pgreckon_c;

--
-- Name: AGGREGATE agg1(integer); Type: COMMENT; Schema: public; Owner: pgreckon_c
--

COMMENT ON AGGREGATE public.agg1(integer) IS 'ag';


--
-- Name: agg2(*); Type: AGGREGATE; Schema: public; Owner: postgres
--

CREATE AGGREGATE public.agg2(*) (
    SFUNC = int8inc,
    STYPE = bigint,
    INITCOND = '0',
    COMBINEFUNC = int8pl,
    PARALLEL = safe
);


ALTER AGGREGATE public.agg2(*) OWNER TO postgres;

--
-- Name: agg3(integer, integer[]); Type: AGGREGATE; Schema: public; Owner: postgres
--

CREATE AGGREGATE public.agg3(x integer, VARIADIC y integer[]) (
    SFUNC = public.agg3s,
    STYPE = integer
);


ALTER AGGREGATE public.agg3(x integer, VARIADIC y integer[]) OWNER TO postgres;

--
-- Name: agg4(double precision); Type: AGGREGATE; Schema: public; Owner: postgres
--

CREATE AGGREGATE public.agg4(double precision) (
    SFUNC = float8_accum,
    STYPE = double precision[],
    SSPACE = 100,
    INITCOND = '{0,0,0}',
    FINALFUNC = float8_avg,
    FINALFUNC_MODIFY = SHAREABLE,
    COMBINEFUNC = float8_combine
);


ALTER AGGREGATE public.agg4(double precision) OWNER TO postgres;

--
-- Name: agg5(integer); Type: AGGREGATE; Schema: public; Owner: postgres
--

CREATE AGGREGATE public.agg5(integer) (
    SFUNC = int4pl,
    STYPE = integer,
    MSFUNC = int4pl,
    MINVFUNC = int4mi,
    MSTYPE = integer,
    MINITCOND = '0',
    SORTOP = OPERATOR(pg_catalog.>)
);


ALTER AGGREGATE public.agg5(integer) OWNER TO postgres;

--
-- Name: agg6(numeric); Type: AGGREGATE; Schema: public; Owner: postgres
--

CREATE AGGREGATE public.agg6(numeric) (
    SFUNC = numeric_avg_accum,
    STYPE = internal,
    FINALFUNC = numeric_avg,
    COMBINEFUNC = numeric_avg_combine,
    SERIALFUNC = numeric_avg_serialize,
    DESERIALFUNC = numeric_avg_deserialize,
    PARALLEL = restricted
);


ALTER AGGREGATE public.agg6(numeric) OWNER TO postgres;

--
-- Name: os1(double precision, anyelement); Type: AGGREGATE; Schema: public; Owner: postgres
--

CREATE AGGREGATE public.os1(double precision ORDER BY anyelement) (
    SFUNC = ordered_set_transition,
    STYPE = internal,
    FINALFUNC = percentile_disc_final,
    FINALFUNC_EXTRA
);


ALTER AGGREGATE public.os1(double precision ORDER BY anyelement) OWNER TO postgres;

--
-- Name: os2("any"); Type: AGGREGATE; Schema: public; Owner: postgres
--

CREATE AGGREGATE public.os2(VARIADIC "any" ORDER BY VARIADIC "any") (
    SFUNC = ordered_set_transition_multi,
    STYPE = internal,
    FINALFUNC = rank_final,
    FINALFUNC_EXTRA,
    HYPOTHETICAL
);


ALTER AGGREGATE public.os2(VARIADIC "any" ORDER BY VARIADIC "any") OWNER TO postgres;

--
-- Name: !==; Type: OPERATOR; Schema: public; Owner: postgres
--

CREATE OPERATOR public.!== (
    FUNCTION = int4ne,
    LEFTARG = integer,
    RIGHTARG = integer,
    NEGATOR = OPERATOR(public.===)
);


ALTER OPERATOR public.!== (integer, integer) OWNER TO postgres;

--
-- Name: <<<; Type: OPERATOR; Schema: public; Owner: postgres
--

CREATE OPERATOR public.<<< (
    FUNCTION = public.lt2,
    LEFTARG = integer,
    RIGHTARG = text,
    COMMUTATOR = OPERATOR(public.>>>),
    NEGATOR = OPERATOR(public.!<<<),
    MERGES,
    HASHES,
    RESTRICT = scalarltsel,
    JOIN = scalarltjoinsel
);


ALTER OPERATOR public.<<< (integer, text) OWNER TO postgres;

--
-- Name: ===; Type: OPERATOR; Schema: public; Owner: pgreckon_c
--

CREATE OPERATOR public.=== (
    FUNCTION = int4eq,
    LEFTARG = integer,
    RIGHTARG = integer,
    COMMUTATOR = OPERATOR(public.===),
    NEGATOR = OPERATOR(public.!==),
    MERGES,
    HASHES
);


ALTER OPERATOR public.=== (integer, integer) OWNER TO pgreckon_c;

--
-- Name: OPERATOR === (integer, integer); Type: COMMENT; Schema: public; Owner: pgreckon_c
--

COMMENT ON OPERATOR public.=== (integer, integer) IS 'op';


--
-- Name: @#@; Type: OPERATOR; Schema: public; Owner: postgres
--

CREATE OPERATOR public.@#@ (
    FUNCTION = int4abs,
    RIGHTARG = integer
);


ALTER OPERATOR public.@#@ (NONE, integer) OWNER TO postgres;

--
-- Name: fam; Type: OPERATOR FAMILY; Schema: public; Owner: postgres
--

CREATE OPERATOR FAMILY public.fam USING btree;
ALTER OPERATOR FAMILY public.fam USING btree ADD
    OPERATOR 1 <(integer,bigint) ,
    OPERATOR 3 =(integer,bigint) ,
    FUNCTION 1 (integer, bigint) btint48cmp(integer,bigint);


ALTER OPERATOR FAMILY public.fam USING btree OWNER TO postgres;

--
-- Name: OPERATOR FAMILY fam USING btree; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON OPERATOR FAMILY public.fam USING btree IS 'f';


--
-- Name: gis; Type: OPERATOR FAMILY; Schema: public; Owner: postgres
--

CREATE OPERATOR FAMILY public.gis USING gist;
ALTER OPERATOR FAMILY public.gis USING gist ADD
    OPERATOR 1 <<(box,box) ,
    OPERATOR 15 <->(box,point) FOR ORDER BY pg_catalog.float_ops;


ALTER OPERATOR FAMILY public.gis USING gist OWNER TO postgres;

--
-- Name: gis; Type: OPERATOR CLASS; Schema: public; Owner: postgres
--

CREATE OPERATOR CLASS public.gis
    FOR TYPE box USING gist FAMILY public.gis AS
    FUNCTION 1 (box, box) gist_box_consistent(internal,box,smallint,oid,internal) ,
    FUNCTION 2 (box, box) gist_box_union(internal,internal) ,
    FUNCTION 5 (box, box) gist_box_penalty(internal,internal,internal) ,
    FUNCTION 6 (box, box) gist_box_picksplit(internal,internal) ,
    FUNCTION 7 (box, box) gist_box_same(box,box,internal);


ALTER OPERATOR CLASS public.gis USING gist OWNER TO postgres;

--
-- Name: goc; Type: OPERATOR FAMILY; Schema: public; Owner: postgres
--

CREATE OPERATOR FAMILY public.goc USING gin;
ALTER OPERATOR FAMILY public.goc USING gin ADD
    OPERATOR 7 @>(anyarray,anyarray) ,
    FUNCTION 1 (integer[], integer[]) btint4cmp(integer,integer);


ALTER OPERATOR FAMILY public.goc USING gin OWNER TO postgres;

--
-- Name: goc; Type: OPERATOR CLASS; Schema: public; Owner: postgres
--

CREATE OPERATOR CLASS public.goc
    FOR TYPE integer[] USING gin FAMILY public.goc AS
    STORAGE integer ,
    FUNCTION 2 (integer[], integer[]) ginarrayextract(anyarray,internal,internal) ,
    FUNCTION 3 (integer[], integer[]) ginqueryarrayextract(anyarray,internal,smallint,internal,internal,internal,internal);


ALTER OPERATOR CLASS public.goc USING gin OWNER TO postgres;

--
-- Name: oc; Type: OPERATOR CLASS; Schema: public; Owner: pgreckon_c
--

CREATE OPERATOR CLASS public.oc
    FOR TYPE integer USING btree FAMILY public.fam AS
    OPERATOR 1 <(integer,integer) ,
    OPERATOR 2 <=(integer,integer) ,
    OPERATOR 3 =(integer,integer) ,
    OPERATOR 4 >=(integer,integer) ,
    OPERATOR 5 >(integer,integer) ,
    FUNCTION 1 (integer, integer) public.cmp2(integer,integer);


ALTER OPERATOR CLASS public.oc USING btree OWNER TO pgreckon_c;

--
-- Name: OPERATOR CLASS oc USING btree; Type: COMMENT; Schema: public; Owner: pgreckon_c
--

COMMENT ON OPERATOR CLASS public.oc USING btree IS 'oc';


--
-- Name: oc2; Type: OPERATOR FAMILY; Schema: public; Owner: postgres
--

CREATE OPERATOR FAMILY public.oc2 USING btree;


ALTER OPERATOR FAMILY public.oc2 USING btree OWNER TO postgres;

--
-- Name: oc2; Type: OPERATOR CLASS; Schema: public; Owner: postgres
--

CREATE OPERATOR CLASS public.oc2
    DEFAULT FOR TYPE point USING btree FAMILY public.oc2 AS
    STORAGE point;


ALTER OPERATOR CLASS public.oc2 USING btree OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: oct; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.oct (
    a integer,
    b integer[],
    c text NOT NULL
);


ALTER TABLE public.oct OWNER TO postgres;

--
-- Name: agv; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.agv AS
 SELECT public.agg1(a ORDER BY c DESC) FILTER (WHERE (a > 1)) AS x,
    public.agg2(*) AS y,
    public.os1((0.5)::double precision) WITHIN GROUP (ORDER BY a) AS z,
    public.os2(1) WITHIN GROUP (ORDER BY a) AS w,
    public.agg3(a, VARIADIC b) AS v
   FROM public.oct
  GROUP BY b;


ALTER VIEW public.agv OWNER TO postgres;

--
-- Name: oi; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX oi ON public.oct USING btree (a public.oc);

ALTER TABLE public.oct CLUSTER ON oi;


--
-- Name: oi10; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX oi10 ON public.oct USING gin (b) WITH (fastupdate=off, gin_pending_list_limit='128');


--
-- Name: oi11; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX oi11 ON public.oct USING btree (c);

ALTER TABLE ONLY public.oct REPLICA IDENTITY USING INDEX oi11;


--
-- Name: oi5; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX oi5 ON public.oct USING btree (c text_pattern_ops DESC NULLS LAST, c COLLATE "C" NULLS FIRST, ((a + 1)), lower(c) COLLATE "POSIX" text_pattern_ops) INCLUDE (b) WITH (fillfactor='70', deduplicate_items=off) WHERE ((a > 0) AND (c IS NOT NULL));
ALTER INDEX public.oi5 ALTER COLUMN 3 SET STATISTICS 300;


--
-- Name: INDEX oi5; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON INDEX public.oi5 IS 'idx';


--
-- Name: oi6; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX oi6 ON public.oct USING btree (a) NULLS NOT DISTINCT;


--
-- Name: oi7; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX oi7 ON public.oct USING brin (a) WITH (pages_per_range='4', autosummarize='on');


--
-- Name: oi8; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX oi8 ON public.oct USING hash (c) WITH (fillfactor='50');


--
-- Name: oi9; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX oi9 ON public.oct USING brin (a int4_minmax_multi_ops (values_per_range='16'));


--
-- Name: FUNCTION agg2(); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.agg2() FROM PUBLIC;


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

