-- Members of operator classes and families, indexes over them, aggregates of all kinds.
CREATE ROLE pgreckon_c;
CREATE FUNCTION lt2(int, text) RETURNS bool LANGUAGE sql IMMUTABLE AS 'select true';
CREATE FUNCTION cmp2(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'select 1';
CREATE OPERATOR <<< (LEFTARG = int, RIGHTARG = text, FUNCTION = lt2, COMMUTATOR = >>>, NEGATOR = !<<<, RESTRICT = scalarltsel, JOIN = scalarltjoinsel, HASHES, MERGES);
CREATE OPERATOR @#@ (RIGHTARG = int, FUNCTION = pg_catalog.int4abs);
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = ===, NEGATOR = !==, HASHES, MERGES);
CREATE OPERATOR !== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4ne, NEGATOR = ===);
CREATE SCHEMA os;
COMMENT ON OPERATOR === (int, int) IS 'op';
ALTER OPERATOR === (int, int) OWNER TO pgreckon_c;
CREATE OPERATOR FAMILY fam USING btree;
COMMENT ON OPERATOR FAMILY fam USING btree IS 'f';
CREATE OPERATOR CLASS oc FOR TYPE int USING btree FAMILY fam AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 cmp2(int, int);
ALTER OPERATOR FAMILY fam USING btree ADD OPERATOR 1 < (int4, int8), OPERATOR 3 = (int4, int8), FUNCTION 1 (int4, int8) btint48cmp(int4, int8);
CREATE OPERATOR CLASS oc2 DEFAULT FOR TYPE point USING btree AS STORAGE point;
CREATE OPERATOR CLASS goc FOR TYPE int[] USING gin AS OPERATOR 7 @> (anyarray, anyarray), FUNCTION 1 btint4cmp(int,int), FUNCTION 2 ginarrayextract(anyarray, internal, internal), FUNCTION 3 ginqueryarrayextract(anyarray, internal, smallint, internal, internal, internal, internal), STORAGE int;
CREATE OPERATOR CLASS gis FOR TYPE box USING gist AS OPERATOR 1 <<, OPERATOR 15 <-> (box, point) FOR ORDER BY pg_catalog.float_ops, FUNCTION 1 gist_box_consistent(internal, box, smallint, oid, internal), FUNCTION 2 gist_box_union(internal, internal), FUNCTION 5 gist_box_penalty(internal, internal, internal), FUNCTION 6 gist_box_picksplit(internal, internal), FUNCTION 7 gist_box_same(box, box, internal);
COMMENT ON OPERATOR CLASS oc USING btree IS 'oc';
ALTER OPERATOR CLASS oc USING btree OWNER TO pgreckon_c;
CREATE TABLE oct (a int, b int[], c text);
CREATE INDEX oi ON oct (a oc);
CREATE INDEX oi5 ON oct (c text_pattern_ops DESC NULLS LAST, c COLLATE "C" NULLS FIRST, (a + 1) , lower(c) COLLATE "POSIX" text_pattern_ops) INCLUDE (b) WITH (fillfactor = 70, deduplicate_items = off) WHERE a > 0 AND c IS NOT NULL;
--[15-]
CREATE UNIQUE INDEX oi6 ON oct (a) NULLS NOT DISTINCT;
--[]
CREATE INDEX oi7 ON oct USING brin (a) WITH (pages_per_range = 4, autosummarize = on);
CREATE INDEX oi8 ON oct USING hash (c) WITH (fillfactor=50);
ALTER INDEX oi5 ALTER COLUMN 3 SET STATISTICS 300;
COMMENT ON INDEX oi5 IS 'idx';
ALTER TABLE oct CLUSTER ON oi;
--[14-]
CREATE INDEX oi9 ON oct USING brin (a int4_minmax_multi_ops (values_per_range=16));
--[]
CREATE INDEX oi10 ON oct USING gin (b) WITH (fastupdate=off, gin_pending_list_limit=128);
CREATE UNIQUE INDEX oi11 ON oct (c);
ALTER TABLE oct ALTER c SET NOT NULL;
ALTER TABLE oct REPLICA IDENTITY USING INDEX oi11;
CREATE AGGREGATE agg1 (int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
CREATE AGGREGATE agg2 (*) (SFUNC = int8inc, STYPE = int8, INITCOND = 0, COMBINEFUNC = int8pl, PARALLEL = SAFE);
CREATE FUNCTION agg3s(int, int, int[]) RETURNS int LANGUAGE sql AS 'select 1';
CREATE AGGREGATE agg3 (x int, VARIADIC y int[]) (SFUNC = agg3s, STYPE = int);
CREATE AGGREGATE agg4 (float8) (SFUNC = float8_accum, STYPE = float8[], FINALFUNC = float8_avg, COMBINEFUNC = float8_combine, INITCOND = '{0,0,0}', FINALFUNC_MODIFY = SHAREABLE, SSPACE = 100, FINALFUNC_EXTRA=false);
CREATE AGGREGATE agg5 (int) (SFUNC = int4pl, STYPE = int, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = int, MINITCOND = '0', SORTOP = >);
CREATE AGGREGATE agg6 (numeric) (SFUNC = numeric_avg_accum, STYPE = internal, FINALFUNC = numeric_avg, COMBINEFUNC = numeric_avg_combine, SERIALFUNC = numeric_avg_serialize, DESERIALFUNC = numeric_avg_deserialize, PARALLEL = RESTRICTED);
CREATE AGGREGATE os1 (float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_WRITE);
CREATE AGGREGATE os2 (VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
CREATE AGGREGATE ag7 (BASETYPE = text, SFUNC = textcat, STYPE = text);
COMMENT ON AGGREGATE agg1 (int) IS 'ag';
ALTER AGGREGATE agg1 (int) OWNER TO pgreckon_c;
GRANT EXECUTE ON FUNCTION agg1(int) TO pgreckon_c;
REVOKE ALL ON FUNCTION agg2() FROM PUBLIC;
CREATE VIEW agv AS SELECT agg1(a ORDER BY c DESC) FILTER (WHERE a > 1) x, agg2(*) y, os1(0.5) WITHIN GROUP (ORDER BY a) z, os2(1) WITHIN GROUP (ORDER BY a) w, agg3(a, VARIADIC b) v FROM oct GROUP BY b;
