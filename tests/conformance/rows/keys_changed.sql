-- An UPDATE of a unique column leaves the other rows known.
CREATE TABLE kind (id int PRIMARY KEY, name text UNIQUE, rank int);
--= ok
CREATE TABLE thing (kind int REFERENCES kind ON DELETE CASCADE);
--= ok
INSERT INTO kind VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3);
--= ok
INSERT INTO thing VALUES (1);
--= ok
UPDATE kind SET name = 'x', rank = 9 WHERE id = 2;
--= ok
DO $$ BEGIN IF (SELECT name FROM kind WHERE id = 2) <> 'x' THEN RAISE EXCEPTION 'lost'; END IF; END $$;
--= ok
INSERT INTO kind VALUES (3, 'd', 4);
--= 23505 duplicate key value violates unique constraint "kind_pkey"
INSERT INTO kind VALUES (4, 'x', 4);
--= 23505 duplicate key value violates unique constraint "kind_name_key"
UPDATE kind SET name = 'y' || id;
--= ok
DO $$ BEGIN IF (SELECT count(*) FROM kind WHERE name LIKE 'y%') <> 3 THEN RAISE EXCEPTION 'lost'; END IF; END $$;
--= ok
INSERT INTO kind VALUES (5, 'y1', 4);
--= 23505 duplicate key value violates unique constraint "kind_name_key"
UPDATE kind SET id = id + 10 WHERE id = 1;
--= 23503 update or delete on table "kind" violates foreign key constraint "thing_kind_fkey" on table "thing"
