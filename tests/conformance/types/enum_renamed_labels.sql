-- What is stored as a constant follows a label's new name.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'so so');
--= ok
CREATE TABLE people (
    id integer PRIMARY KEY,
    now mood NOT NULL DEFAULT 'sad',
    past mood[] DEFAULT '{sad,"so so"}',
    CHECK (now <> 'so so')
);
--= ok
CREATE VIEW happy AS SELECT id FROM people WHERE now = 'ok';
--= ok
CREATE INDEX people_sad ON people (id) WHERE now = 'sad';
--= ok
CREATE TABLE days (m mood NOT NULL) PARTITION BY LIST (m);
--= ok
CREATE TABLE days_sad PARTITION OF days FOR VALUES IN ('sad');
--= ok
CREATE FUNCTION count_of(m mood DEFAULT 'sad') RETURNS bigint LANGUAGE sql
    BEGIN ATOMIC SELECT count(*) FROM people WHERE now = m OR now = 'sad'; END;
--= [-13] 42601 @80 syntax error at or near "BEGIN"
--= [14-] ok
ALTER TYPE mood RENAME VALUE 'sad' TO 'very sad';
--= ok
ALTER TYPE mood RENAME VALUE 'so so' TO 'meh';
--= ok
ALTER TYPE mood RENAME VALUE 'sad' TO 'x';
--= 22023 "sad" is not an existing enum label
ALTER TABLE people ALTER COLUMN now SET DEFAULT 'sad';
--= 22P02 invalid input value for enum mood: "sad"
CREATE TABLE days_again PARTITION OF days FOR VALUES IN ('very sad');
--= [-13] 42P17 partition "days_again" would overlap partition "days_sad"
--= [14-] 42P17 @58 partition "days_again" would overlap partition "days_sad"
