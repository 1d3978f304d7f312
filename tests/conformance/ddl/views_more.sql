CREATE TABLE base (id integer PRIMARY KEY, name text, n integer);
--= ok
CREATE VIEW v AS SELECT id, name FROM base;
--= ok
CREATE OR REPLACE VIEW v AS SELECT id FROM base;
--= 42P16 cannot drop columns from view
CREATE OR REPLACE VIEW v AS SELECT id, n FROM base;
--= 42P16 cannot change name of view column "name" to "n"
CREATE OR REPLACE VIEW v AS SELECT id, name, n FROM base;
--= ok
CREATE OR REPLACE VIEW v AS SELECT id::bigint, name, n FROM base;
--= 42P16 cannot change data type of view column "id" from integer to bigint
CREATE VIEW v AS SELECT 1;
--= 42P07 relation "v" already exists
CREATE VIEW w (a, b) AS SELECT 1;
--= 42601 CREATE VIEW specifies more column names than columns
CREATE VIEW w AS SELECT 1 AS a, 2 AS a;
--= 42701 column "a" specified more than once
CREATE VIEW w AS SELECT id FROM missing;
--= 42P01 @33 relation "missing" does not exist
CREATE VIEW w AS SELECT missing FROM base;
--= 42703 @25 column "missing" does not exist
CREATE OR REPLACE VIEW base AS SELECT 1;
--= 42809 "base" is not a view
ALTER VIEW v RENAME COLUMN name TO title;
--= ok
ALTER VIEW v RENAME TO base;
--= 42P07 relation "base" already exists
ALTER VIEW v ALTER COLUMN n SET DEFAULT 5;
--= ok
ALTER VIEW v SET (security_barrier = true);
--= ok
ALTER VIEW v SET (security_invoker = true);
--= [-14] 22023 unrecognized parameter "security_invoker"
--= [15-] ok
ALTER VIEW v SET (nothing = true);
--= 22023 unrecognized parameter "nothing"
DROP TABLE v;
--= 42809 "v" is not a table
DROP VIEW base;
--= 42809 "base" is not a view
DROP TABLE base;
--= 2BP01 cannot drop table base because other objects depend on it
CREATE VIEW agg AS SELECT n, count(*) FROM base GROUP BY n;
--= ok
INSERT INTO agg VALUES (1, 2);
--= 55000 cannot insert into view "agg"
INSERT INTO v (id, title) VALUES (1, 'x');
--= ok
CREATE VIEW chk AS SELECT * FROM base WHERE n > 0 WITH CHECK OPTION;
--= ok
CREATE VIEW chk2 AS SELECT n FROM base GROUP BY n WITH CHECK OPTION;
--= 0A000 WITH CHECK OPTION is supported only on automatically updatable views
