-- Queries of views: joins, windows, grouping, WITH, set operations, XML and JSON, constants.
CREATE TABLE t (id int PRIMARY KEY, a text, b numeric, c timestamptz, d jsonb, e int[], x xml);
CREATE TABLE u (id int PRIMARY KEY, t_id int, name varchar(30), kind char(3), v varbit);
CREATE TABLE w (t_id int, id bigint, z text);
CREATE VIEW a2 AS SELECT * FROM t FULL JOIN u USING (id) FULL JOIN w USING (id, t_id);
CREATE VIEW a3 AS SELECT j.* FROM (t JOIN u USING (id)) AS j;
CREATE VIEW a4 AS SELECT j.id, j.a FROM (t LEFT JOIN u ON t.id = u.t_id) AS j (id, a, bb, cc, dd, ee, xx, id2);
CREATE VIEW a5 AS SELECT t, u.* FROM t NATURAL LEFT JOIN u;
CREATE VIEW a6 AS SELECT id, t.id AS tid, u.id AS uid FROM t FULL JOIN u USING (id) WHERE id > 5 ORDER BY id;
--[14-]
CREATE VIEW a7 AS SELECT k.id FROM t JOIN u USING (id) AS k WHERE k.id = t.id;
--[]
CREATE VIEW a9 AS SELECT * FROM u NATURAL FULL JOIN w;
CREATE VIEW a10 AS SELECT * FROM (SELECT id, a FROM t) s(id, q) JOIN (VALUES (1, 'x'), (2, 'y')) v(id, r) USING (id);
CREATE VIEW a12 AS SELECT x.id, y.t_id FROM t x RIGHT JOIN (u y JOIN w z USING (t_id)) ON x.id = y.t_id;
CREATE VIEW a13 AS SELECT t.id FROM t, LATERAL (SELECT u.name FROM u WHERE u.t_id = t.id LIMIT 1) l, LATERAL unnest(t.e) WITH ORDINALITY AS q (el, n) LEFT JOIN LATERAL jsonb_each(t.d) je ON true;
CREATE VIEW a14 AS SELECT f.* FROM jsonb_to_record('{}') AS f (a int, b text COLLATE "C", c numeric(3,1)[]);
CREATE VIEW a15 AS SELECT * FROM ROWS FROM (generate_series(1, 3), jsonb_to_recordset('[]') AS (p int, q text)) WITH ORDINALITY AS r (g, h, i, o);
CREATE VIEW a17 AS SELECT count(*) FILTER (WHERE a IS NOT NULL) OVER (PARTITION BY b, c ORDER BY id DESC NULLS FIRST RANGE BETWEEN UNBOUNDED PRECEDING AND '1'::int FOLLOWING EXCLUDE TIES) q, lag(a, 2, 'z') OVER (w1 ROWS 3 PRECEDING), first_value(b) OVER (w2 GROUPS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) fv, ntile(4) OVER () FROM t WINDOW w1 AS (PARTITION BY a), w2 AS (w1 ORDER BY b);
CREATE VIEW a18 AS SELECT a, b, c, grouping(a, b), count(*) FROM t GROUP BY GROUPING SETS ((a), ROLLUP (b, (a, c)), CUBE (a, b), GROUPING SETS ((), (c))) HAVING grouping(a) = 0;
--[14-]
CREATE VIEW a19 AS SELECT DISTINCT a, b FROM t GROUP BY DISTINCT ROLLUP (a), ROLLUP (b) ORDER BY 1 USING >, 2 DESC;
--[]
CREATE VIEW a21 AS (SELECT id FROM t ORDER BY a LIMIT 1) UNION ALL (SELECT id FROM u ORDER BY name DESC OFFSET 1) INTERSECT SELECT 3 ORDER BY id FETCH FIRST 3 ROWS WITH TIES;
CREATE VIEW a22 AS WITH q AS (VALUES (1), (2)) SELECT * FROM q UNION (WITH z AS (SELECT 5 n) SELECT n FROM z);
CREATE VIEW a23 AS SELECT t.id FROM ONLY t TABLESAMPLE system (12.5) WHERE t.id = ANY (SELECT id FROM u) AND t.id <> ALL (ARRAY[1,2]) AND (t.id, t.a) IN (SELECT u.id, u.name FROM u) AND NOT EXISTS (SELECT FROM w) AND (id, a) < (5, 'x') AND (a, b) IS DISTINCT FROM (a, b) AND ROW(a, b) IS NOT NULL AND (a IS NULL) IS NOT TRUE AND b IS NOT DISTINCT FROM NULL AND a COLLATE "C" < 'x' FOR NO KEY UPDATE OF t SKIP LOCKED;
--[14-]
CREATE VIEW a24 AS SELECT CASE WHEN a = 'x' THEN 1 ELSE 2 END, CASE id WHEN 1 THEN 'a' WHEN 2 THEN 'b' END cs, a || 'x' || b::text AS con, - id AS neg, + b AS pos, id ^ 2 AS pw, |/ b AS sq, @ id AS ab, ~ id AS bn, id # 3 AS xr, id << 2 AS sl, a LIKE 'x' ESCAPE '!' AS le, a SIMILAR TO 'x_' AS si, a !~~* 'y' AS ni, a ^@ 'p' AS st, id BETWEEN SYMMETRIC 5 AND 1 AS bs, id NOT BETWEEN 1 AND 2 AS nb, a IN ('x') AS i1, a NOT IN ('x', 'y') AS i2, id IN (1, 2) AS i3, e[1:] AS s1, e[:2] AS s2, e[:] AS s3, d['a']['b'] AS sb, e @> ARRAY[1] AS ct, NOT a = 'x' AS nt, (a = 'x') = true AS eqt, a IS NORMALIZED AS norm, a IS NOT NFKC NORMALIZED AS nf, normalize(a, NFD) AS nz, x IS DOCUMENT AS isd FROM t;
--[17-]
CREATE VIEW a25 AS SELECT extract(epoch FROM c) ep, date_part('dow', c) dp, c AT TIME ZONE 'Europe/Paris' AS tz, c AT LOCAL AS lo, (c::date, c::date) OVERLAPS (now(), interval '1 day') AS ov, substring(a, 1, 2) s1, substring(a FROM '\d+') s2, substring(a SIMILAR 'x#"y#"z' ESCAPE '#') s3, position('a' IN a) po, trim(LEADING 'x' FROM a) t1, trim(a) t2, btrim(a, 'x') t3, trim(TRAILING FROM a) t4, overlay(a PLACING 'b' FROM 1 FOR 2) o, xmlparse(DOCUMENT '<a/>') xp, xmlparse(CONTENT 'x' PRESERVE WHITESPACE) xp2, xmlserialize(CONTENT x AS text) xs, xmlserialize(DOCUMENT x AS varchar(10) INDENT) xs2, xmlroot(x, VERSION '1.0', STANDALONE YES) xr, xmlroot(x, VERSION NO VALUE) xr2, xmlpi(NAME php, 'echo') xpi, xmlconcat(x, x) xc, xmlforest(a AS b, id, c AS "C") xf, xmlelement(NAME "E e", xmlattributes(a AS "k k", id), x, 'b') xe, xmlexists('//a' PASSING BY VALUE x) xx, collation for (a) cf, current_role r, session_user su, user us, current_catalog cc, current_schema cs, localtime(3) lt, current_time ct FROM t;
--[]
CREATE VIEW a26 AS SELECT xt.* FROM t, XMLTABLE(XMLNAMESPACES('http://x' AS x, DEFAULT 'http://d'), '/r' PASSING BY REF x COLUMNS n FOR ORDINALITY, i int PATH '@id' NOT NULL, s text DEFAULT 'q' , p xml PATH 'p/q') xt;
--[17-]
CREATE VIEW a27 AS SELECT jt.* FROM t, JSON_TABLE(d, '$.a[*]' AS root PASSING id AS i, a AS "B b" COLUMNS (o FOR ORDINALITY, n int PATH '$.n' DEFAULT 3 ON EMPTY ERROR ON ERROR, q jsonb FORMAT JSON PATH '$.q' WITH CONDITIONAL ARRAY WRAPPER KEEP QUOTES NULL ON EMPTY, ex bool EXISTS PATH '$.e' FALSE ON ERROR, NESTED PATH '$.k[*]' AS nest COLUMNS (z text, NESTED '$.m' COLUMNS (y text PATH '$'))) ERROR ON ERROR) jt;
CREATE VIEW a28 AS SELECT json_value(d, '$.a' RETURNING int DEFAULT 5 ON EMPTY NULL ON ERROR) jv, json_query(d, '$.b' PASSING 3 AS x WITH WRAPPER) jq, json_query(d, '$' RETURNING text OMIT QUOTES EMPTY ARRAY ON ERROR) jq2, json_exists(d, 'lax $.c' UNKNOWN ON ERROR) je, json_object('a': 1, 'b' VALUE a NULL ON NULL WITH UNIQUE KEYS) jo, json_object('k' VALUE 1 ABSENT ON NULL RETURNING jsonb) jo2, json_array(1, a, NULL NULL ON NULL) ja, json_array(SELECT id FROM u ORDER BY 1) ja2, json_arrayagg(a ORDER BY b ABSENT ON NULL RETURNING jsonb) jaa, json_objectagg(a VALUE b WITH UNIQUE) joa, json(a) js, json_scalar(1) jsc, json_serialize(d RETURNING bytea) jse, a IS JSON OBJECT WITH UNIQUE KEYS ij, a IS NOT JSON ij2, json_array() jae, json_object() joe, json('{}' FORMAT JSON) jfj FROM t GROUP BY id;
--[]
CREATE VIEW a29 AS SELECT string_agg(DISTINCT a, ',' ORDER BY a) sa, array_agg(a ORDER BY b DESC NULLS LAST, id) aa, percentile_cont(ARRAY[0.1, 0.9]) WITHIN GROUP (ORDER BY b) pc, mode() WITHIN GROUP (ORDER BY a COLLATE "C" DESC) mo, rank(1, 'x') WITHIN GROUP (ORDER BY id, a) rk, count(DISTINCT (a, b)) cd, max(b) FILTER (WHERE id > 3) mf, bool_and(b > 0) ba, variance(b) va, format('%s', VARIADIC e::text[]) fv FROM t GROUP BY e;
--[15-]
CREATE VIEW a32 WITH (check_option = cascaded, security_invoker, security_barrier) AS SELECT id, a FROM t WHERE id > 0;
--[]
CREATE VIEW a34 AS SELECT FROM t;
CREATE VIEW a35 AS SELECT t.id, t.id AS id_1, 1 AS "?column?", a AS "A" , 'x' AS "user" FROM t;
CREATE VIEW a36 AS SELECT t1.id FROM t t1, t t1_1, t, pg_class t_1, public.t t2 WHERE t.id = t1.id;
CREATE VIEW a37 AS SELECT * FROM pg_catalog.pg_class c JOIN information_schema.tables i ON i.table_name = c.relname;
