-- Rows of range partitions, inherited tables and foreign keys to and from partitions.
CREATE TABLE r (a int, b int, PRIMARY KEY (a, b)) PARTITION BY RANGE (a, b);
--= ok
CREATE TABLE r1 (a int NOT NULL, b int NOT NULL);
--= ok
INSERT INTO r1 VALUES (1, 10);
--= ok
ALTER TABLE r ATTACH PARTITION r1 FOR VALUES FROM (1, 1) TO (1, 10);
--= 23514 partition constraint of relation "r1" is violated by some row
DELETE FROM r1;
--= ok
ALTER TABLE r ATTACH PARTITION r1 FOR VALUES FROM (1, 1) TO (1, 10);
--= ok
CREATE TABLE r2 PARTITION OF r FOR VALUES FROM (1, 10) TO (MAXVALUE, MAXVALUE) PARTITION BY RANGE (a);
--= ok
INSERT INTO r VALUES (1, 9), (2, 2);
--= 23514 no partition of relation "r2" found for row
CREATE TABLE r2d PARTITION OF r2 DEFAULT;
--= ok
INSERT INTO r VALUES (1, 9), (2, 2);
--= ok
INSERT INTO r VALUES (2, 2);
--= 23505 duplicate key value violates unique constraint "r2d_pkey"
CREATE TABLE f (x int, y int, FOREIGN KEY (x, y) REFERENCES r MATCH FULL);
--= ok
INSERT INTO f VALUES (2, 2);
--= ok
INSERT INTO f VALUES (2, 3);
--= 23503 insert or update on table "f" violates foreign key constraint "f_x_y_fkey"
INSERT INTO f VALUES (2, NULL);
--= 23503 insert or update on table "f" violates foreign key constraint "f_x_y_fkey"
CREATE TABLE parent (a int);
--= ok
CREATE TABLE child (b int) INHERITS (parent);
--= ok
INSERT INTO child VALUES (1, 2);
--= ok
ALTER TABLE parent ADD CHECK (a > 1);
--= 23514 check constraint "parent_a_check" of relation "child" is violated by some row
ALTER TABLE ONLY parent ADD CHECK (a > 1) NO INHERIT;
--= ok
UPDATE parent SET a = 5;
--= ok
ALTER TABLE parent ADD CHECK (a > 1);
--= ok
ALTER TABLE parent ADD COLUMN c int NOT NULL;
--= 23502 column "c" of relation "child" contains null values
ALTER TABLE parent ADD COLUMN g int GENERATED ALWAYS AS (a * 2) STORED CHECK (g < 10);
--= 23514 check constraint "parent_g_check" of relation "child" is violated by some row
ALTER TABLE parent ADD COLUMN g int GENERATED ALWAYS AS (a * 2) STORED CHECK (g < 11);
--= ok
UPDATE parent SET a = 6;
--= 23514 new row for relation "child" violates check constraint "parent_g_check"
