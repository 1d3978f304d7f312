CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
--= ok
CREATE TYPE mood AS ENUM ('x');
--= 42710 type "mood" already exists
CREATE TYPE twice AS ENUM ('x', 'x');
--= 23505 duplicate key value violates unique constraint "pg_enum_typid_label_index"
ALTER TYPE mood ADD VALUE 'great' AFTER 'happy';
--= ok
ALTER TYPE mood ADD VALUE 'great';
--= 42710 enum label "great" already exists
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'great';
--= ok
ALTER TYPE mood ADD VALUE 'poor' BEFORE 'nothing';
--= 22023 "nothing" is not an existing enum label
ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';
--= ok
ALTER TYPE mood RENAME VALUE 'ok' TO 'well';
--= 22023 "ok" is not an existing enum label
ALTER TYPE mood RENAME VALUE 'sad' TO 'fine';
--= 42710 enum label "fine" already exists
CREATE TABLE t (m mood DEFAULT 'sad');
--= ok
CREATE TABLE u (m mood DEFAULT 'angry');
--= 22P02 @32 invalid input value for enum mood: "angry"
SELECT 'angry'::mood;
--= 22P02 @8 invalid input value for enum mood: "angry"
SELECT 'fine'::mood > 'sad'::mood;
--= ok
DROP TYPE mood;
--= 2BP01 cannot drop type mood because other objects depend on it
ALTER TYPE mood RENAME TO feeling;
--= ok
ALTER TYPE nothing ADD VALUE 'x';
--= 42704 type "nothing" does not exist
DROP TYPE feeling CASCADE;
--= ok
