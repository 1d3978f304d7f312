-- An UPDATE of a unique column leaves the other rows known.
CREATE TABLE kind (id int PRIMARY KEY, name text UNIQUE, rank int);
CREATE TABLE thing (kind int REFERENCES kind ON DELETE CASCADE);
INSERT INTO kind VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3);
INSERT INTO thing VALUES (1);
UPDATE kind SET name = 'x', rank = 9 WHERE id = 2;
DO $$ BEGIN IF (SELECT name FROM kind WHERE id = 2) <> 'x' THEN RAISE EXCEPTION 'lost'; END IF; END $$;
INSERT INTO kind VALUES (3, 'd', 4);
INSERT INTO kind VALUES (4, 'x', 4);
UPDATE kind SET name = 'y' || id;
DO $$ BEGIN IF (SELECT count(*) FROM kind WHERE name LIKE 'y%') <> 3 THEN RAISE EXCEPTION 'lost'; END IF; END $$;
INSERT INTO kind VALUES (5, 'y1', 4);
UPDATE kind SET id = id + 10 WHERE id = 1;
