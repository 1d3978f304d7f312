--
-- PostgreSQL database dump
--

-- Dumped from database version 12.22
-- Dumped by pg_dump version 12.22

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
-- Name: pgcrypto; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;


--
-- Name: EXTENSION pgcrypto; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION pgcrypto IS 'cryptographic functions';


--
-- Name: state; Type: TYPE; Schema: public; Owner: app
--

CREATE TYPE public.state AS ENUM (
    'new',
    'paid'
);


ALTER TYPE public.state OWNER TO app;

--
-- Name: touch(); Type: FUNCTION; Schema: public; Owner: app
--

CREATE FUNCTION public.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$begin new.changed := now(); return new; end$$;


ALTER FUNCTION public.touch() OWNER TO app;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: orders; Type: TABLE; Schema: public; Owner: app
--

CREATE TABLE public.orders (
    id bigint NOT NULL,
    state public.state DEFAULT 'new'::public.state NOT NULL,
    kind character varying(20),
    total numeric(12,2) DEFAULT 0 NOT NULL,
    changed timestamp with time zone DEFAULT now(),
    CONSTRAINT orders_kind_check CHECK (((kind)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))),
    CONSTRAINT orders_changed_check CHECK ((date_part('year'::text, changed) > (2000)::double precision))
);


ALTER TABLE public.orders OWNER TO app;

--
-- Name: TABLE orders; Type: COMMENT; Schema: public; Owner: app
--

COMMENT ON TABLE public.orders IS 'What was ordered';


--
-- Name: open_orders; Type: VIEW; Schema: public; Owner: app
--

CREATE VIEW public.open_orders AS
 SELECT orders.id,
    orders.total
   FROM public.orders
  WHERE ((orders.state = 'new'::public.state) AND (date_part('dow'::text, orders.changed) < (6)::double precision));


ALTER TABLE public.open_orders OWNER TO app;

--
-- Name: orders_id_seq; Type: SEQUENCE; Schema: public; Owner: app
--

CREATE SEQUENCE public.orders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.orders_id_seq OWNER TO app;

--
-- Name: orders_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: app
--

ALTER SEQUENCE public.orders_id_seq OWNED BY public.orders.id;


--
-- Name: orders id; Type: DEFAULT; Schema: public; Owner: app
--

ALTER TABLE ONLY public.orders ALTER COLUMN id SET DEFAULT nextval('public.orders_id_seq'::regclass);


--
-- Name: orders orders_pkey; Type: CONSTRAINT; Schema: public; Owner: app
--

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);


--
-- Name: orders_kind_idx; Type: INDEX; Schema: public; Owner: app
--

CREATE INDEX orders_kind_idx ON public.orders USING btree (lower((kind)::text));


--
-- Name: orders orders_touch; Type: TRIGGER; Schema: public; Owner: app
--

CREATE TRIGGER orders_touch BEFORE UPDATE ON public.orders FOR EACH ROW EXECUTE FUNCTION public.touch();


--
-- Name: TABLE orders; Type: ACL; Schema: public; Owner: app
--

GRANT SELECT ON TABLE public.orders TO reader;


--
-- PostgreSQL database dump complete
--

