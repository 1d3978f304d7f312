--
-- PostgreSQL database dump
--

-- Dumped from database version 9.6.2
-- Dumped by pg_dump version 9.6.2

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET check_function_bodies = false;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: plpgsql; Type: EXTENSION; Schema: -; Owner: 
--

CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;


--
-- Name: EXTENSION plpgsql; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION plpgsql IS 'PL/pgSQL procedural language';


--
-- Name: pgcrypto; Type: EXTENSION; Schema: -; Owner: 
--

CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;


--
-- Name: EXTENSION pgcrypto; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION pgcrypto IS 'cryptographic functions';


SET search_path = public, pg_catalog;

--
-- Name: state; Type: TYPE; Schema: public; Owner: app
--

CREATE TYPE state AS ENUM (
    'new',
    'paid'
);


ALTER TYPE state OWNER TO app;

--
-- Name: touch(); Type: FUNCTION; Schema: public; Owner: app
--

CREATE FUNCTION touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$begin new.changed := now(); return new; end$$;


ALTER FUNCTION touch() OWNER TO app;

SET default_tablespace = '';

SET default_with_oids = false;

--
-- Name: orders; Type: TABLE; Schema: public; Owner: app
--

CREATE TABLE orders (
    id bigint NOT NULL,
    state state DEFAULT 'new'::state NOT NULL,
    kind character varying(20),
    total numeric(12,2) DEFAULT 0 NOT NULL,
    changed timestamp with time zone DEFAULT now(),
    CONSTRAINT orders_kind_check CHECK (((kind)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))),
    CONSTRAINT orders_changed_check CHECK ((date_part('year'::text, changed) > (2000)::double precision))
);


ALTER TABLE orders OWNER TO app;

--
-- Name: TABLE orders; Type: COMMENT; Schema: public; Owner: app
--

COMMENT ON TABLE orders IS 'What was ordered';


--
-- Name: open_orders; Type: VIEW; Schema: public; Owner: app
--

CREATE VIEW open_orders AS
 SELECT orders.id,
    orders.total
   FROM orders
  WHERE ((orders.state = 'new'::state) AND (date_part('dow'::text, orders.changed) < (6)::double precision));


ALTER TABLE open_orders OWNER TO app;

--
-- Name: orders_id_seq; Type: SEQUENCE; Schema: public; Owner: app
--

CREATE SEQUENCE orders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE orders_id_seq OWNER TO app;

--
-- Name: orders_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: app
--

ALTER SEQUENCE orders_id_seq OWNED BY orders.id;


--
-- Name: orders id; Type: DEFAULT; Schema: public; Owner: app
--

ALTER TABLE ONLY orders ALTER COLUMN id SET DEFAULT nextval('orders_id_seq'::regclass);


--
-- Name: orders orders_pkey; Type: CONSTRAINT; Schema: public; Owner: app
--

ALTER TABLE ONLY orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);


--
-- Name: orders_kind_idx; Type: INDEX; Schema: public; Owner: app
--

CREATE INDEX orders_kind_idx ON orders USING btree (lower((kind)::text));


--
-- Name: orders orders_touch; Type: TRIGGER; Schema: public; Owner: app
--

CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE PROCEDURE touch();


--
-- Name: TABLE orders; Type: ACL; Schema: public; Owner: app
--

REVOKE ALL ON TABLE orders FROM PUBLIC;
REVOKE ALL ON TABLE orders FROM app;
GRANT ALL ON TABLE orders TO app;
GRANT SELECT ON TABLE orders TO reader;


--
-- PostgreSQL database dump complete
--

