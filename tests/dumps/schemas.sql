-- Schemas: public's owner and comment, odd names, dependencies across schemas.
-- dump:
-- dump: --schema=s*
-- dump: --schema=public --no-owner
-- dump: --exclude-schema=s1 --no-privileges --no-comments
-- dump: --table=t*
-- dump: --table=s1.t --table=public."Odd*"
-- dump: --section=pre-data
-- dump: --section=post-data
-- dump: --section=data
-- dump: --clean
-- dump: --clean --if-exists
-- dump: --quote-all-identifiers
-- dump: --table=s1.*
-- dump: --schema=(public|s2)
-- dump: --exclude-schema=public
CREATE ROLE pgreckon_c;
CREATE ROLE pgreckon_d;
--[15-]
COMMENT ON SCHEMA public IS 'another comment';
ALTER SCHEMA public OWNER TO pgreckon_c;
--[]
CREATE SCHEMA s1;
CREATE SCHEMA s2 AUTHORIZATION pgreckon_d;
CREATE SCHEMA "Odd Schema";
CREATE TYPE s2.ty AS ENUM ('a');
CREATE TABLE s1.t (a s2.ty, b serial PRIMARY KEY, c int GENERATED ALWAYS AS IDENTITY, d text CHECK (d <> ''));
CREATE TABLE "Odd Schema"."Odd Table" ("Odd Column" int DEFAULT 3, "select" text, "table" int REFERENCES s1.t, CONSTRAINT "Odd Check" CHECK ("Odd Column" > 0));
CREATE TABLE public."Odd1" (a int, UNIQUE (a));
CREATE TABLE public.t_one (a int);
CREATE INDEX t_one_a ON t_one (a);
CREATE VIEW s2.v AS SELECT t.b, x."Odd Column" AS o FROM s1.t JOIN "Odd Schema"."Odd Table" x ON x."table" = t.b;
CREATE FUNCTION s1.f(s2.ty) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION s1.tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr AFTER INSERT ON s1.t FOR EACH ROW EXECUTE FUNCTION s1.tf();
CREATE DOMAIN s2.dom AS int DEFAULT 3 CHECK (VALUE > 0);
CREATE SEQUENCE s2.seq;
CREATE MATERIALIZED VIEW public.mv AS SELECT 1 AS a;
CREATE POLICY pol ON s1.t USING (b > 0);
ALTER TABLE s1.t ENABLE ROW LEVEL SECURITY;
CREATE RULE ru AS ON DELETE TO s1.t DO INSTEAD NOTHING;
CREATE AGGREGATE s1.agg(int) (SFUNC = int4pl, STYPE = int4);
CREATE EXTENSION hstore SCHEMA s1;
COMMENT ON TABLE s1.t IS 'in s1';
COMMENT ON FUNCTION s1.f(s2.ty) IS 'fn';
GRANT SELECT ON s1.t TO pgreckon_d;
CREATE PUBLICATION pub FOR TABLE s1.t;
CREATE STATISTICS s1.st ON a, b FROM s1.t;
CREATE TABLE part (a int) PARTITION BY LIST (a);
CREATE TABLE part1 PARTITION OF part FOR VALUES IN (1);
CREATE INDEX ON part (a);
ALTER DEFAULT PRIVILEGES IN SCHEMA s1 GRANT SELECT ON TABLES TO pgreckon_d;
