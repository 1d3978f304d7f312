-- More queries, rules of every kind, bodies of MERGE and RETURNING.
CREATE TABLE t (id int PRIMARY KEY, a text, b numeric, c timestamptz, d jsonb, e int[], x xml, r int4range);
CREATE TABLE u (id int PRIMARY KEY, t_id int, name varchar(30), kind char(3), v varbit);
CREATE TYPE ct AS (p int, q text);
--[14-]
CREATE TABLE k (c ct, ca ct[], m int4multirange);
--[]
CREATE VIEW b5 AS SELECT name FROM u WHERE name IN ('x', 'y') AND kind = 'abc' AND kind IN ('a','b') AND name = ANY (ARRAY['p', 'q']) AND name <> ALL ('{a,b}') AND name LIKE 'x%' AND lower(name) = 'y' AND name || 'x' = 'yx' AND v = B'101' AND name BETWEEN 'a' AND 'b' AND coalesce(name, 'none') = 'q' AND CASE name WHEN 'a' THEN true ELSE kind = 'x' END AND nullif(name, 'x') IS NOT NULL;
CREATE VIEW b6 AS SELECT sum(b) OVER w, avg(id) OVER (w RANGE BETWEEN CURRENT ROW AND '1 day' FOLLOWING), count(*) OVER (PARTITION BY a ORDER BY c RANGE BETWEEN INTERVAL '1 day' PRECEDING AND INTERVAL '1 day' FOLLOWING), nth_value(a, 2) OVER (ORDER BY id GROUPS 2 PRECEDING) FROM t WINDOW w AS (PARTITION BY e[1] ORDER BY c);
--[14-]
CREATE VIEW b7 AS SELECT * FROM generate_series('2020-01-01'::date, '2020-02-01', '1 day') d, LATERAL (SELECT d + interval '1 h') x(y), string_to_table('a,b', ',') s, json_each_text('{}') AS j(k, v), unnest('{1,2}'::int[]) WITH ORDINALITY;
--[]
CREATE VIEW b8 AS SELECT s.a, s.n FROM (SELECT a, count(*) AS n FROM t GROUP BY a HAVING count(*) > 1 ORDER BY n DESC LIMIT 5) s WHERE s.n > ANY (SELECT id FROM u) OR s.a IN (SELECT name FROM u WHERE u.t_id = s.n) OR (s.a, s.n) NOT IN (SELECT name, id FROM u);
CREATE VIEW b9 AS SELECT DISTINCT ON (a, b + 1) a, c AS "order", d AS "Mixed Case", e AS "üml" FROM t ORDER BY a, b + 1, c DESC NULLS LAST, 2 NULLS FIRST;
CREATE VIEW b10 AS TABLE t;
CREATE VIEW b11 AS SELECT * FROM (TABLE u) q;
CREATE VIEW b12 (p, q) AS SELECT 1, 2 UNION SELECT 3, 4 UNION ALL SELECT 5, 6;
CREATE VIEW b13 AS SELECT 1 AS one UNION ALL (SELECT 2 EXCEPT SELECT 3) ORDER BY one DESC LIMIT ALL OFFSET 2;
CREATE VIEW b14 AS SELECT NULL AS a, 'u' AS b UNION SELECT 1, 'v';
CREATE VIEW b15 AS VALUES (1, NULL, 'x'), (2, 3.5, NULL);
CREATE VIEW b16 AS SELECT * FROM (VALUES (1, 'a'::text), (2, 'b')) AS v (n, s) JOIN LATERAL (VALUES (v.n + 1)) w (m) ON w.m > v.n;
CREATE VIEW b17 AS WITH a AS (SELECT 1 x), b AS (WITH c AS (SELECT x FROM a) SELECT * FROM c) SELECT (WITH d AS (SELECT * FROM b) SELECT count(*) FROM d) AS n, EXISTS (WITH a AS (SELECT 2 y) SELECT y FROM a) FROM a, b;
CREATE VIEW b18 AS WITH ins AS (SELECT id FROM t FOR SHARE) SELECT t.id FROM t JOIN u ON t.id = u.id FOR UPDATE OF t NOWAIT FOR KEY SHARE OF u;
CREATE VIEW b19 AS SELECT pg_catalog.count(*) AS count, now() - interval '1 year 2 mons 3 days 04:05:06.789' AS iv, current_timestamp, current_date - 1 AS y, date_trunc('month', c)::date AS m, age(c), make_interval(days => 10), concat_ws(',', a, b), jsonb_build_object('k', a, 'n', b), jsonb_agg(d ORDER BY id) FILTER (WHERE d IS NOT NULL), string_agg(a, E'\n'), array_to_string(array_agg(DISTINCT a), ','), to_char(c, 'YYYY-MM-DD"T"HH24') FROM t GROUP BY c, a, b;
CREATE VIEW b21 AS SELECT t1.id, t2.id AS id2 FROM t t1 LEFT JOIN (t t2 INNER JOIN u ON u.t_id = t2.id AND u.kind = 'a') ON t1.id = t2.id RIGHT JOIN u u2 ON true CROSS JOIN LATERAL generate_series(1, t1.id) g FULL JOIN (SELECT 1 AS one) z ON z.one = g;
CREATE VIEW b23 AS SELECT ctid, tableoid, tableoid::regclass AS tc, xmin FROM t;
CREATE VIEW b24 AS SELECT t.*, u.* FROM (SELECT id AS tid, a FROM t) t, (SELECT id AS uid, name FROM u) u;
--[14-]
CREATE VIEW b25 AS SELECT int8range(1, 5) * '[2,3)' AS i, '{[1,2)}'::int4multirange AS m, r -|- '[5,6)' AS adj, isempty(r), upper_inc(r), daterange('2020-01-01', NULL, '[]'), point(1,2) <-> '(3,4)' AS dist, '10.0.0.0/8'::cidr AS ci, '08:00:2b:01:02:03'::macaddr AS ma, 'a'::"char" AS ch, '1'::xid8 AS xi, '0/0'::pg_lsn AS lsn, '{"a": 1}'::jsonb || '{"b": 2}' AS jj, d - 'k' AS dm, d #- '{a,b}' AS dp, d @? '$.x' AS dq, d @@ '$.x > 1' AS dt, jsonb_path_query_first(d, '$.a ? (@ > $m)', '{"m": 1}') FROM t;
--[]
CREATE VIEW b26 AS SELECT a AS "select", b AS from1, c AS "table", id AS end1, a AS value, a AS name, a AS type, a AS year, a AS "end", a AS "window", a AS "over" FROM t AS "order";
CREATE RULE rr1 AS ON INSERT TO b10 DO INSTEAD INSERT INTO t AS tt (id, a) VALUES (NEW.id, coalesce(NEW.a, 'dflt')) ON CONFLICT (id) WHERE id > 0 DO UPDATE SET a = excluded.a || tt.a, b = DEFAULT WHERE tt.id <> excluded.id RETURNING tt.*;
CREATE RULE rr2 AS ON UPDATE TO b10 DO INSTEAD (UPDATE t SET (a, b) = (SELECT NEW.a, NEW.b), e[1] = 5 FROM u WHERE t.id = OLD.id AND u.id = t.id; INSERT INTO u SELECT NEW.id, OLD.id, 'x' WHERE NEW.id IS DISTINCT FROM OLD.id; DELETE FROM u USING t WHERE u.id = t.id AND t.id = OLD.id);
CREATE RULE rr3 AS ON DELETE TO b10 WHERE OLD.id > 5 DO INSTEAD NOTHING;
CREATE RULE rr4 AS ON DELETE TO b10 DO INSTEAD DELETE FROM t WHERE id = OLD.id RETURNING id, a, b, c, d, e, x, r;
CREATE RULE rr5 AS ON INSERT TO u WHERE NEW.name = 'n' DO ALSO INSERT INTO t (id) VALUES (1), (NEW.id) ON CONFLICT DO NOTHING;
CREATE RULE rr6 AS ON UPDATE TO u DO ALSO NOTIFY chan;
CREATE RULE rr7 AS ON INSERT TO u DO ALSO WITH q AS (SELECT 1 AS o) INSERT INTO t (id) SELECT o FROM q;
--[18-]
CREATE FUNCTION mg() RETURNS void BEGIN ATOMIC MERGE INTO t AS g USING (SELECT id, name FROM u) s ON g.id = s.id WHEN MATCHED AND s.name = 'x' THEN UPDATE SET a = s.name WHEN MATCHED THEN DELETE WHEN NOT MATCHED BY SOURCE THEN DO NOTHING WHEN NOT MATCHED BY TARGET THEN INSERT (id, a) OVERRIDING SYSTEM VALUE VALUES (s.id, DEFAULT); UPDATE t SET a = 'y' WHERE id = 1 RETURNING OLD.a, NEW.a; INSERT INTO t DEFAULT VALUES RETURNING WITH (OLD AS o, NEW AS n) o.id, n.id, n.*; DELETE FROM ONLY t WHERE CURRENT_DATE > '2020-01-01'; SELECT 1; END;
--[]
