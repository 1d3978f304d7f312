-- Names that need quotes, in one version or another, and order of objects.
-- dump:
-- dump: --quote-all-identifiers
CREATE SCHEMA "select";
CREATE TABLE "select"."table" ("column" int, "Upper" text, "with space" int, "dot.ted" int, "quo""te" int, "123" int, "ünï" int, _under int, a$b int);
CREATE TABLE kw (json int, json_array int, merge_action int, json_table int, "user" int, "left" int, "binary" int, "interval" int, "values" int, name int, type int, value int, "time" int, "timestamp" int, "order" int, abort int, "row" int, "position" int);
CREATE VIEW "View" AS SELECT json, "user", name, "left", "Upper" FROM kw, "select"."table";
CREATE INDEX "Index" ON kw ("user", lower("left"::text));
CREATE FUNCTION "left"("user" int, "Out" text) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION "json_array"(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TYPE "interval" AS ENUM ('a');
CREATE TYPE "user" AS (a public."interval", b pg_catalog."interval", c pg_catalog."char");
CREATE SEQUENCE "order";
CREATE TABLE b_table (a int CHECK (a > 1)); CREATE TABLE "B_table" (a int); CREATE TABLE a_table (a int); CREATE TABLE "a-table" (a int); CREATE TABLE a1 (a int); CREATE TABLE a_1 (a int);
CREATE FUNCTION o(text) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION o(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION o(int, int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION o() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION o("user") RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION uses_o(a int DEFAULT public.o(3)) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE a_uses (a int DEFAULT uses_o(), b public."interval" DEFAULT 'a');
COMMENT ON COLUMN "select"."table"."quo""te" IS 'x';
COMMENT ON TABLE "a-table" IS '';
CREATE TABLE z_first (a int);
CREATE FUNCTION a_fn(z_first) RETURNS z_first LANGUAGE sql AS 'SELECT $1';
CREATE VIEW a_view AS SELECT a_fn(z_first) FROM z_first;
CREATE FUNCTION b_fn() RETURNS SETOF a_view LANGUAGE sql AS 'SELECT * FROM a_view';
CREATE DOMAIN a_domain AS public."interval" DEFAULT 'a';
CREATE TABLE "line
break" (a int);
