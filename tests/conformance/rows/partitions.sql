-- Rows of partitions: where they go, what attaching asks of them.
CREATE TABLE p (a int, b text) PARTITION BY LIST (a);
--= ok
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1, NULL);
--= ok
CREATE TABLE p2 (b text, junk int, a int);
--= ok
ALTER TABLE p2 DROP COLUMN junk;
--= ok
INSERT INTO p2 VALUES ('x', 3);
--= ok
ALTER TABLE p ATTACH PARTITION p2 FOR VALUES IN (2);
--= 23514 partition constraint of relation "p2" is violated by some row
UPDATE p2 SET a = 2;
--= ok
ALTER TABLE p ATTACH PARTITION p2 FOR VALUES IN (2);
--= ok
INSERT INTO p VALUES (1, 'one'), (2, 'two'), (NULL, 'none');
--= ok
INSERT INTO p VALUES (4, 'four');
--= 23514 no partition of relation "p" found for row
INSERT INTO p2 VALUES ('five', 5);
--= 23514 new row for relation "p2" violates partition constraint
DO $$ BEGIN IF (SELECT string_agg(b, ',' ORDER BY b) FROM p) <> 'none,one,two,x' THEN RAISE 'lost'; END IF; END $$;
--= ok
CREATE TABLE pd PARTITION OF p DEFAULT;
--= ok
INSERT INTO p VALUES (4, 'four');
--= ok
CREATE TABLE p4 PARTITION OF p FOR VALUES IN (4, 5);
--= 23514 updated partition constraint for default partition "pd" would be violated by some row
DELETE FROM p WHERE a = 4;
--= ok
CREATE TABLE p4 PARTITION OF p FOR VALUES IN (4, 5);
--= ok
ALTER TABLE p ADD COLUMN c int DEFAULT 7 CHECK (c < 7);
--= 23514 check constraint "p_c_check" of relation "p1" is violated by some row
ALTER TABLE p ADD COLUMN c int DEFAULT 7 CHECK (c < 8);
--= ok
UPDATE p SET c = 8 WHERE a = 2;
--= 23514 new row for relation "p2" violates check constraint "p_c_check"
UPDATE p2 SET a = 1;
--= 23514 new row for relation "p2" violates partition constraint
