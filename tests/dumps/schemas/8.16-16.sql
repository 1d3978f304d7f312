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

--
-- Name: Odd1 Odd1_a_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public."Odd1"
    ADD CONSTRAINT "Odd1_a_key" UNIQUE (a);


--
-- Name: t t_pkey; Type: CONSTRAINT; Schema: s1; Owner: postgres
--

ALTER TABLE ONLY s1.t
    ADD CONSTRAINT t_pkey PRIMARY KEY (b);


--
-- Name: part_a_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX part_a_idx ON ONLY public.part USING btree (a);


--
-- Name: part1_a_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX part1_a_idx ON public.part1 USING btree (a);


--
-- Name: t_one_a; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX t_one_a ON public.t_one USING btree (a);


--
-- Name: part1_a_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.part_a_idx ATTACH PARTITION public.part1_a_idx;


--
-- Name: st; Type: STATISTICS; Schema: s1; Owner: postgres
--

CREATE STATISTICS s1.st ON a, b FROM s1.t;


ALTER STATISTICS s1.st OWNER TO postgres;

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
-- Name: Odd Table Odd Table_table_fkey; Type: FK CONSTRAINT; Schema: Odd Schema; Owner: postgres
--

ALTER TABLE ONLY "Odd Schema"."Odd Table"
    ADD CONSTRAINT "Odd Table_table_fkey" FOREIGN KEY ("table") REFERENCES s1.t(b);


--
-- Name: t pol; Type: POLICY; Schema: s1; Owner: postgres
--

CREATE POLICY pol ON s1.t USING ((b > 0));


--
-- Name: t; Type: ROW SECURITY; Schema: s1; Owner: postgres
--

ALTER TABLE s1.t ENABLE ROW LEVEL SECURITY;

--
-- Name: pub; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION pub WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION pub OWNER TO postgres;

--
-- Name: pub t; Type: PUBLICATION TABLE; Schema: s1; Owner: postgres
--

ALTER PUBLICATION pub ADD TABLE ONLY s1.t;


--
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: s1; Owner: postgres
--

ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA s1 GRANT SELECT ON TABLES TO pgreckon_d;


--
-- PostgreSQL database dump complete
--

\unrestrict pgreckon

