-- Indexes.
CREATE ROLE pgreckon_c;
CREATE TABLE t (a int, b text, c text COLLATE "C", d jsonb, e tsvector, f point, g int[], h timestamptz, i inet, j varchar(20));
ALTER TABLE t OWNER TO pgreckon_c;
CREATE INDEX ON t (a);
CREATE UNIQUE INDEX u1 ON t (a, b);
CREATE INDEX i1 ON t (a DESC, b NULLS FIRST, c DESC NULLS LAST);
CREATE INDEX i2 ON t (b text_pattern_ops, j varchar_pattern_ops);
CREATE INDEX i3 ON t (b COLLATE "C", c COLLATE "POSIX", c);
CREATE INDEX i4 ON t (lower(b), (a + 1), (b || c));
CREATE INDEX i5 ON t USING hash (a);
CREATE INDEX i6 ON t USING gin (d);
CREATE INDEX i7 ON t USING gin (d jsonb_path_ops) WITH (fastupdate = off);
CREATE INDEX i8 ON t USING gist (f);
CREATE INDEX i9 ON t USING spgist (f kd_point_ops);
CREATE INDEX i10 ON t USING brin (h) WITH (pages_per_range = 32);
CREATE INDEX i11 ON t (a) INCLUDE (b, c);
CREATE INDEX i12 ON t (a) WHERE b IS NOT NULL AND j IN ('x', 'y');
CREATE INDEX i13 ON t (a) WITH (fillfactor = 70, deduplicate_items = off);
CREATE UNIQUE INDEX i14 ON t (lower(j) text_pattern_ops DESC) WHERE (a > 10 OR a < 5) AND NOT b = 'z';
CREATE INDEX i15 ON t USING gin (to_tsvector('english', b), g);
CREATE INDEX i16 ON t USING gist (e tsvector_ops (siglen = 100));
CREATE INDEX i17 ON t (date_trunc('day', h AT TIME ZONE 'UTC'), (d ->> 'k'), ((d -> 'a') ->> 'b'));
CREATE INDEX i18 ON t ((CASE WHEN a > 0 THEN b ELSE c END), (coalesce(b, '')), (a::text));
CREATE INDEX "Odd Index" ON t (upper(b));
CREATE INDEX i19 ON t ((lower(b) COLLATE "C"));
ALTER INDEX i4 ALTER COLUMN 2 SET STATISTICS 500;
COMMENT ON INDEX i1 IS 'the first';
CREATE MATERIALIZED VIEW mv AS SELECT a, b FROM t;
CREATE UNIQUE INDEX mv_a ON mv (a);
--[15-]
CREATE UNIQUE INDEX u2 ON t (a) NULLS NOT DISTINCT;
--[]
