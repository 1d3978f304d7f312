-- What is stored as a constant follows a label's new name.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'so so');
CREATE TABLE people (
    id integer PRIMARY KEY,
    now mood NOT NULL DEFAULT 'sad',
    past mood[] DEFAULT '{sad,"so so"}',
    CHECK (now <> 'so so')
);
CREATE VIEW happy AS SELECT id FROM people WHERE now = 'ok';
CREATE INDEX people_sad ON people (id) WHERE now = 'sad';
CREATE TABLE days (m mood NOT NULL) PARTITION BY LIST (m);
CREATE TABLE days_sad PARTITION OF days FOR VALUES IN ('sad');
CREATE FUNCTION count_of(m mood DEFAULT 'sad') RETURNS bigint LANGUAGE sql
    BEGIN ATOMIC SELECT count(*) FROM people WHERE now = m OR now = 'sad'; END;
ALTER TYPE mood RENAME VALUE 'sad' TO 'very sad';
ALTER TYPE mood RENAME VALUE 'so so' TO 'meh';
ALTER TYPE mood RENAME VALUE 'sad' TO 'x';
ALTER TABLE people ALTER COLUMN now SET DEFAULT 'sad';
CREATE TABLE days_again PARTITION OF days FOR VALUES IN ('very sad');
