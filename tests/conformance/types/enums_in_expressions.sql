CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
--= ok
CREATE TYPE other AS ENUM ('sad', 'ok');
--= ok
CREATE TABLE p (id int, m mood DEFAULT 'ok', o other, ms mood[]);
--= ok
SELECT m = 'sad', m > 'ok', m < 'happy'::mood FROM p;
--= ok
SELECT m = 'angry' FROM p;
--= 22P02 @12 invalid input value for enum mood: "angry"
SELECT m = o FROM p;
--= 42883 @10 operator does not exist: mood = other
SELECT m::text = o::text FROM p;
--= ok
SELECT m = id FROM p;
--= 42883 @10 operator does not exist: mood = integer
SELECT m = 'sad'::text FROM p;
--= 42883 @10 operator does not exist: mood = text
SELECT m || 'x', m || 1 FROM p;
--= 42883 @20 operator does not exist: mood || integer
SELECT upper(m) FROM p;
--= 42883 @8 function upper(mood) does not exist
SELECT upper(m::text), m::text::other FROM p;
--= ok
SELECT m::other FROM p;
--= 42846 @9 cannot cast type mood to other
SELECT m::int FROM p;
--= 42846 @9 cannot cast type mood to integer
SELECT 'sad'::text::mood, 1::mood;
--= 42846 @28 cannot cast type integer to mood
SELECT * FROM p WHERE m IN ('sad', 'angry');
--= 22P02 @36 invalid input value for enum mood: "angry"
SELECT * FROM p WHERE m = ANY ('{sad,ok}');
--= ok
SELECT * FROM p WHERE m = ANY ('{sad,angry}');
--= 22P02 @32 invalid input value for enum mood: "angry"
SELECT * FROM p WHERE m = ANY (ARRAY['sad', 'ok']);
--= 42883 @25 operator does not exist: mood = text
SELECT * FROM p WHERE m = ANY (ARRAY['sad', 'ok']::mood[]);
--= ok
SELECT * FROM p WHERE m LIKE 's%';
--= 42883 @25 operator does not exist: mood ~~ unknown
SELECT * FROM p WHERE m BETWEEN 'sad' AND 'ok' ORDER BY m;
--= ok
SELECT enum_range(NULL::mood), enum_first(m), enum_last(id) FROM p;
--= 42883 @47 function enum_last(integer) does not exist
SELECT max(m), array_agg(m), count(DISTINCT m), sum(m) FROM p;
--= 42883 @49 function sum(mood) does not exist
SELECT CASE m WHEN 'sad' THEN 1 WHEN 'angry' THEN 2 END FROM p;
--= 22P02 @38 invalid input value for enum mood: "angry"
SELECT COALESCE(m, 'ok'), COALESCE(m, 'none') FROM p;
--= 22P02 @39 invalid input value for enum mood: "none"
SELECT COALESCE(m, o) FROM p;
--= 42846 @20 COALESCE could not convert type other to mood
INSERT INTO p (m) VALUES ('Sad');
--= 22P02 @27 invalid input value for enum mood: "Sad"
INSERT INTO p (m, ms) VALUES ('sad', '{sad,happy}');
--= ok
INSERT INTO p (ms) VALUES ('{sad,angry}');
--= 22P02 @28 invalid input value for enum mood: "angry"
INSERT INTO p (m) SELECT 'sad';
--= ok
INSERT INTO p (m) SELECT 'sad'::text;
--= 42804 @26 column "m" is of type mood but expression is of type text
INSERT INTO p (m) SELECT x FROM (VALUES ('sad')) v (x);
--= 42804 @26 column "m" is of type mood but expression is of type text
UPDATE p SET m = 'none';
--= 22P02 @18 invalid input value for enum mood: "none"
UPDATE p SET m = o;
--= 42804 @18 column "m" is of type mood but expression is of type other
UPDATE p SET m = o::text::mood;
--= ok
ALTER TABLE p ALTER m SET DEFAULT 'none';
--= 22P02 invalid input value for enum mood: "none"
