CREATE TABLE t (id integer PRIMARY KEY, name text NOT NULL, n integer GENERATED ALWAYS AS IDENTITY);
--= ok
INSERT INTO t (id, name) VALUES (1, 'a');
--= ok
INSERT INTO t (id, nothing) VALUES (1, 'a');
--= 42703 @20 column "nothing" of relation "t" does not exist
INSERT INTO t (id, id) VALUES (1, 2);
--= 42701 @20 column "id" specified more than once
INSERT INTO t (id, name) VALUES (1);
--= 42601 @20 INSERT has more target columns than expressions
INSERT INTO t (id) VALUES (1, 2);
--= 42601 @31 INSERT has more expressions than target columns
INSERT INTO t (id, name) VALUES ('x', 'a');
--= 22P02 @34 invalid input syntax for type integer: "x"
INSERT INTO t (id, name) SELECT now(), 'a';
--= 42804 @33 column "id" is of type integer but expression is of type timestamp with time zone
INSERT INTO t (id, name, n) VALUES (9, 'x', 1);
--= [-13] 428C9 cannot insert into column "n"
--= [14-] 428C9 cannot insert a non-DEFAULT value into column "n"
INSERT INTO t (id, name) VALUES (2, 'b') ON CONFLICT (id) DO UPDATE SET name = excluded.name;
--= ok
INSERT INTO t (id, name) VALUES (2, 'b') ON CONFLICT (name) DO NOTHING;
--= 42P10 there is no unique or exclusion constraint matching the ON CONFLICT specification
INSERT INTO t (id, name) VALUES (2, 'b') ON CONFLICT ON CONSTRAINT nothing DO NOTHING;
--= 42704 constraint "nothing" for table "t" does not exist
INSERT INTO nowhere VALUES (1);
--= 42P01 @13 relation "nowhere" does not exist
UPDATE t SET nothing = 1;
--= 42703 @14 column "nothing" of relation "t" does not exist
UPDATE t SET name = 1;
--= ok
UPDATE t SET id = 'x';
--= 22P02 @19 invalid input syntax for type integer: "x"
UPDATE t SET name = u.name FROM u;
--= 42P01 @33 relation "u" does not exist
UPDATE t SET name = 'a', name = 'b';
--= 42601 multiple assignments to same column "name"
DELETE FROM t WHERE nothing = 1;
--= 42703 @21 column "nothing" does not exist
DELETE FROM t USING nowhere;
--= 42P01 @21 relation "nowhere" does not exist
INSERT INTO t (id, name) VALUES (3, 'c') RETURNING nothing;
--= 42703 @52 column "nothing" does not exist
CREATE VIEW v AS SELECT name, count(*) FROM t GROUP BY name;
--= ok
INSERT INTO v VALUES ('a', 1);
--= 55000 cannot insert into view "v"
