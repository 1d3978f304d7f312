-- Generated columns over known rows; triggers that would move a row.
CREATE TABLE g (a int PRIMARY KEY, b int GENERATED ALWAYS AS (a * 2) STORED);
--= ok
INSERT INTO g (a) VALUES (10), (30);
--= ok
INSERT INTO g (a) VALUES (2000000000);
--= 22003 integer out of range
ALTER TABLE g ADD CHECK (b < 50);
--= 23514 check constraint "g_b_check" of relation "g" is violated by some row
ALTER TABLE g ADD CHECK (b < 61);
--= ok
INSERT INTO g (a) VALUES (31);
--= 23514 new row for relation "g" violates check constraint "g_b_check"
UPDATE g SET a = 31 WHERE a = 30;
--= 23514 new row for relation "g" violates check constraint "g_b_check"
ALTER TABLE g ADD COLUMN c int NOT NULL GENERATED ALWAYS AS (nullif(a, 10)) STORED;
--= 23502 column "c" of relation "g" contains null values
ALTER TABLE g ADD COLUMN c int NOT NULL GENERATED ALWAYS AS (nullif(a, 11)) STORED;
--= ok
CREATE TABLE m (a int, b text) PARTITION BY LIST (a);
--= ok
CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1);
--= ok
CREATE TABLE m2 PARTITION OF m FOR VALUES IN (2);
--= ok
CREATE FUNCTION mv() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.a = 2; RETURN NEW; END $$;
--= ok
CREATE TRIGGER t BEFORE INSERT ON m FOR EACH ROW EXECUTE FUNCTION mv();
--= ok
INSERT INTO m VALUES (2, 'stays');
--= ok
INSERT INTO m VALUES (1, 'moves');
--= 0A000 moving row to another partition during a BEFORE FOR EACH ROW trigger is not supported
DROP TRIGGER t ON m;
--= ok
CREATE TRIGGER t BEFORE INSERT ON m1 FOR EACH ROW EXECUTE FUNCTION mv();
--= ok
INSERT INTO m VALUES (1, 'moves');
--= 23514 new row for relation "m1" violates partition constraint
