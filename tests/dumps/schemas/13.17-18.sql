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
-- Name: t; Type: TABLE; Schema: s1; Owner: postgres
--

CREATE TABLE s1.t (
    a s2.ty,
    b integer NOT NULL,
    c integer NOT NULL,
    d text,
    CONSTRAINT t_d_check CHECK ((d <> ''::text))
);


ALTER TABLE s1.t OWNER TO postgres;

--
-- Name: TABLE t; Type: COMMENT; Schema: s1; Owner: postgres
--

COMMENT ON TABLE s1.t IS 'in s1';


--
-- Name: t_b_seq; Type: SEQUENCE; Schema: s1; Owner: postgres
--

CREATE SEQUENCE s1.t_b_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE s1.t_b_seq OWNER TO postgres;

--
-- Name: t_b_seq; Type: SEQUENCE OWNED BY; Schema: s1; Owner: postgres
--

ALTER SEQUENCE s1.t_b_seq OWNED BY s1.t.b;


--
-- Name: t_c_seq; Type: SEQUENCE; Schema: s1; Owner: postgres
--

ALTER TABLE s1.t ALTER COLUMN c ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME s1.t_c_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: t b; Type: DEFAULT; Schema: s1; Owner: postgres
--

ALTER TABLE ONLY s1.t ALTER COLUMN b SET DEFAULT nextval('s1.t_b_seq'::regclass);


--
-- Name: t t_pkey; Type: CONSTRAINT; Schema: s1; Owner: postgres
--

ALTER TABLE ONLY s1.t
    ADD CONSTRAINT t_pkey PRIMARY KEY (b);


--
-- Name: t ru; Type: RULE; Schema: s1; Owner: postgres
--

CREATE RULE ru AS
    ON DELETE TO s1.t DO INSTEAD NOTHING;


--
-- Name: t tr; Type: TRIGGER; Schema: s1; Owner: postgres
--

CREATE TRIGGER tr AFTER INSERT ON s1.t FOR EACH ROW EXECUTE FUNCTION s1.tf();


--
-- Name: t pol; Type: POLICY; Schema: s1; Owner: postgres
--

CREATE POLICY pol ON s1.t USING ((b > 0));


--
-- Name: t; Type: ROW SECURITY; Schema: s1; Owner: postgres
--

ALTER TABLE s1.t ENABLE ROW LEVEL SECURITY;

--
-- Name: TABLE t; Type: ACL; Schema: s1; Owner: postgres
--

GRANT SELECT ON TABLE s1.t TO pgreckon_d;


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

