-- Constraints of all kinds.
CREATE TABLE p (a int PRIMARY KEY, b int UNIQUE, c text, CONSTRAINT two UNIQUE (b, c));
CREATE TABLE p2 (a int, b int, c int, CONSTRAINT p2_key PRIMARY KEY (a, b) INCLUDE (c));
CREATE TABLE q (
  a int REFERENCES p, b int REFERENCES p (b) ON DELETE CASCADE ON UPDATE SET NULL,
  c int CONSTRAINT c_fk REFERENCES p DEFERRABLE INITIALLY DEFERRED,
  d int, e int, f int,
  FOREIGN KEY (d, e) REFERENCES p2 MATCH FULL ON DELETE SET DEFAULT,
  UNIQUE (d) DEFERRABLE, UNIQUE (e) DEFERRABLE INITIALLY DEFERRED,
  CHECK (d > 0), CONSTRAINT named CHECK (e > d AND f IS NOT NULL) NO INHERIT,
  EXCLUDE USING btree (f WITH =),
  EXCLUDE USING gist (box(point(a, b), point(b, a)) WITH &&) WHERE (a > 0) DEFERRABLE,
  CONSTRAINT ex2 EXCLUDE USING btree (d DESC WITH =, e WITH =) INCLUDE (f));
ALTER TABLE q ADD CONSTRAINT later CHECK (a <> b) NOT VALID;
ALTER TABLE q ADD CONSTRAINT later_fk FOREIGN KEY (f) REFERENCES p ON UPDATE RESTRICT NOT VALID;
CREATE TABLE params (a int PRIMARY KEY WITH (fillfactor = 50), b int UNIQUE WITH (fillfactor = 60));
COMMENT ON CONSTRAINT named ON q IS 'inline';
COMMENT ON CONSTRAINT later ON q IS 'separate';
COMMENT ON CONSTRAINT c_fk ON q IS 'key';
COMMENT ON CONSTRAINT p_pkey ON p IS 'primary';
CREATE TABLE checks (
  a int CHECK (a IN (1, 2, 3)), b varchar(10) CHECK (b IN ('x', 'y')), c text CHECK (c ~ '^[a-z]+$' AND length(c) BETWEEN 1 AND 10),
  d text CHECK (d LIKE 'a%' OR d NOT LIKE '%b'), e numeric CHECK (e > 0.5 AND e <= 100), f date CHECK (f > '2000-01-01'),
  g timestamptz CHECK (g < '2030-01-01 00:00:00+00'), h int[] CHECK (array_length(h, 1) = 3), i jsonb CHECK (i ? 'k' AND i ->> 'k' <> ''),
  CHECK (CASE WHEN a = 1 THEN b = 'x' ELSE c IS NOT NULL END), CHECK ((a IS NULL) <> (b IS NULL)), CHECK (coalesce(a, 0) + 1 > 0),
  CHECK (NOT (a = 1 AND b = 'y') OR c = 'z'), CHECK (num_nonnulls(a, b, c) = 1), CHECK (a IS DISTINCT FROM 5), CHECK (b = ANY (ARRAY['x','y'])),
  CHECK ((a, e) = (1, 2)), CHECK (a::text = c), CHECK (f + 1 > current_date), CHECK (g AT TIME ZONE 'UTC' > f));
CREATE TABLE selfref (id int PRIMARY KEY, parent int REFERENCES selfref ON DELETE SET NULL);
CREATE TABLE ring1 (id int PRIMARY KEY, other int);
CREATE TABLE ring2 (id int PRIMARY KEY, other int REFERENCES ring1);
ALTER TABLE ring1 ADD FOREIGN KEY (other) REFERENCES ring2;
CREATE TABLE notnulls (a int CONSTRAINT my_name NOT NULL, b int NOT NULL);
CREATE FUNCTION positive(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
CREATE TABLE with_function (a int CHECK (positive(a)), b int DEFAULT 3 CHECK (public.positive(b)));
--[15-]
CREATE TABLE nnd (a int, b int, UNIQUE NULLS NOT DISTINCT (a, b));
CREATE TABLE setcols (a int, b int, c int, FOREIGN KEY (b, c) REFERENCES p2 ON DELETE SET NULL (c));
--[18-]
CREATE TABLE enf (a int CHECK (a > 0) NOT ENFORCED, b int REFERENCES p NOT ENFORCED, c int, CONSTRAINT cn NOT NULL c NO INHERIT);
CREATE TABLE nnv (a int, b int);
ALTER TABLE nnv ADD CONSTRAINT nnv_a NOT NULL a NOT VALID;
COMMENT ON CONSTRAINT nnv_a ON nnv IS 'not yet';
COMMENT ON CONSTRAINT notnulls_b_not_null ON notnulls IS 'a usual name';
CREATE TABLE temporal (id int4range, during daterange, PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE temporal_fk (id int4range, during daterange, FOREIGN KEY (id, PERIOD during) REFERENCES temporal (id, PERIOD during));
--[]
