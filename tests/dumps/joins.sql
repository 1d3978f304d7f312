-- References to joins as they were written: aliases, merged columns, whole rows, NATURAL.
CREATE TABLE t (id int PRIMARY KEY, a text, b numeric);
CREATE TABLE u (id int PRIMARY KEY, t_id int, name varchar(30));
CREATE TABLE w (t_id int, n bigint, z text);
CREATE VIEW a1 AS SELECT * FROM t JOIN u USING (id) JOIN w USING (t_id);
CREATE VIEW a2 AS SELECT * FROM t FULL JOIN u USING (id) LEFT JOIN w USING (t_id);
CREATE VIEW a3 AS SELECT j.* FROM (t JOIN u USING (id)) AS j;
CREATE VIEW a4 AS SELECT j.id, j.a FROM (t LEFT JOIN u ON t.id = u.t_id) AS j (id, a, bb, id2);
CREATE VIEW a5 AS SELECT t, u.* FROM t NATURAL LEFT JOIN u;
CREATE VIEW a6 AS SELECT id, t.id AS tid, u.id AS uid FROM t FULL JOIN u USING (id) WHERE id > 5 ORDER BY id;
CREATE VIEW a7 AS SELECT * FROM u NATURAL FULL JOIN w;
CREATE VIEW a8 AS SELECT * FROM (SELECT id, a FROM t) s (id, q) JOIN (VALUES (1, 'x'), (2, 'y')) v (id, r) USING (id);
CREATE VIEW a9 AS SELECT x.id, y.name FROM t x RIGHT JOIN (u y CROSS JOIN w z) USING (id);
CREATE VIEW a10 AS SELECT x.id, j.t_id, j.z FROM t x RIGHT JOIN (u y JOIN w z USING (t_id)) AS j ON x.id = j.t_id;
CREATE VIEW a11 AS SELECT j.id, k.n FROM (t FULL JOIN u USING (id)) AS j LEFT JOIN (w CROSS JOIN LATERAL (SELECT w.n AS m) l) AS k ON k.t_id = j.id WHERE j.a IS NOT NULL GROUP BY j.id, k.n ORDER BY j.id;
CREATE VIEW a12 AS SELECT j.id, (SELECT max(w.n) FROM w WHERE w.t_id = j.id) AS m FROM (t JOIN u USING (id)) AS j;
CREATE VIEW a13 AS SELECT o.id, o.name FROM ((t JOIN u USING (id)) AS i JOIN w ON w.t_id = i.t_id) AS o;
CREATE VIEW a14 AS SELECT t1.id FROM t t1, t t1_1, t WHERE t.id = t1.id;
CREATE VIEW a15 AS SELECT * FROM a3 JOIN a6 USING (id);
CREATE VIEW a16 AS SELECT FROM t CROSS JOIN u;
ALTER TABLE t RENAME a TO renamed;
ALTER TABLE u RENAME id TO ident;
ALTER TABLE w ADD COLUMN a text;
--[14-]
CREATE VIEW b1 AS SELECT k.id FROM t JOIN a3 USING (id) AS k WHERE k.id = t.id;
CREATE VIEW b2 AS SELECT k.id, a3.name FROM a3 FULL JOIN t USING (id) AS k ORDER BY k.id;
--[]
