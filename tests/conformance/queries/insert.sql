CREATE TABLE acc (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner text NOT NULL, kind varchar(4) DEFAULT 'x', bal numeric(8,2) CHECK (bal >= 0), twice numeric GENERATED ALWAYS AS (bal * 2) STORED, tags text[], UNIQUE (owner, kind));
--= ok
INSERT INTO acc (owner, bal) VALUES ('a', 1), ('b', '2.5');
--= ok
INSERT INTO acc (owner, bal) VALUES ('a');
--= 42601 @25 INSERT has more target columns than expressions
INSERT INTO acc (owner) VALUES ('a', 1);
--= 42601 @38 INSERT has more expressions than target columns
INSERT INTO acc (owner, bal) VALUES ('c', 'x');
--= 22P02 @43 invalid input syntax for type numeric: "x"
INSERT INTO acc (owner, bal) VALUES ('c', true);
--= 42804 @43 column "bal" is of type numeric but expression is of type boolean
INSERT INTO acc (owner, tags) VALUES ('c', '{a,b}'), ('d', ARRAY['x']);
--= ok
INSERT INTO acc (owner, tags) VALUES ('c', 'a,b');
--= 22P02 @44 malformed array literal: "a,b"
INSERT INTO acc (owner, tags) VALUES ('c', ARRAY[1, 2]);
--= 23505 duplicate key value violates unique constraint "acc_owner_kind_key"
INSERT INTO acc (owner, nothing) VALUES ('c', 1);
--= 42703 @25 column "nothing" of relation "acc" does not exist
INSERT INTO acc (owner, owner) VALUES ('c', 1);
--= 42701 @25 column "owner" specified more than once
INSERT INTO acc (id, owner) VALUES (1, 'e');
--= [-13] 428C9 cannot insert into column "id"
--= [14-] 428C9 cannot insert a non-DEFAULT value into column "id"
INSERT INTO acc (id, owner) OVERRIDING SYSTEM VALUE VALUES (100, 'e');
--= ok
INSERT INTO acc (twice, owner) VALUES (1, 'f');
--= [-13] 42601 cannot insert into column "twice"
--= [14-] 428C9 cannot insert a non-DEFAULT value into column "twice"
INSERT INTO acc (twice, owner) VALUES (DEFAULT, 'f');
--= ok
INSERT INTO acc (owner) SELECT owner || 'x' FROM acc;
--= ok
INSERT INTO acc (owner) SELECT id FROM acc;
--= ok
INSERT INTO acc (owner, bal) SELECT owner FROM acc;
--= 42601 @25 INSERT has more target columns than expressions
INSERT INTO acc (bal, owner) SELECT owner, bal FROM acc;
--= 42804 @37 column "bal" is of type numeric but expression is of type text
INSERT INTO acc DEFAULT VALUES;
--= 23502 null value in column "owner" of relation "acc" violates not-null constraint
INSERT INTO acc (owner) VALUES (owner);
--= 42703 @33 column "owner" does not exist
INSERT INTO acc (owner) VALUES (DEFAULT);
--= 23502 null value in column "owner" of relation "acc" violates not-null constraint
INSERT INTO acc (owner) VALUES ('g') RETURNING id, owner AS o, nothing;
--= 42703 @64 column "nothing" does not exist
INSERT INTO acc (owner) VALUES ('h') RETURNING id, twice;
--= ok
INSERT INTO missing VALUES (1);
--= 42P01 @13 relation "missing" does not exist
INSERT INTO acc AS a (owner) VALUES ('i') ON CONFLICT (owner, kind) DO UPDATE SET bal = excluded.bal + a.bal;
--= ok
INSERT INTO acc (owner) VALUES ('i') ON CONFLICT (owner) DO NOTHING;
--= 42P10 there is no unique or exclusion constraint matching the ON CONFLICT specification
INSERT INTO acc (owner) VALUES ('i') ON CONFLICT (nothing) DO NOTHING;
--= 42703 @50 column "nothing" does not exist
INSERT INTO acc (owner) VALUES ('i') ON CONFLICT ON CONSTRAINT acc_owner_kind_key DO NOTHING;
--= ok
INSERT INTO acc (owner) VALUES ('i') ON CONFLICT ON CONSTRAINT nothing DO NOTHING;
--= 42704 constraint "nothing" for table "acc" does not exist
INSERT INTO acc (owner) VALUES ('i') ON CONFLICT DO UPDATE SET bal = 1;
--= 42601 @38 ON CONFLICT DO UPDATE requires inference specification or constraint name
INSERT INTO acc (owner) VALUES ('i') ON CONFLICT (owner, kind) DO UPDATE SET bal = bal + 1;
--= 42702 @84 column reference "bal" is ambiguous
INSERT INTO acc (owner) VALUES ('i') ON CONFLICT (owner, kind) DO UPDATE SET bal = acc.bal + 1 WHERE excluded.nothing;
--= 42703 @102 column excluded.nothing does not exist
INSERT INTO acc (owner) VALUES ('i') ON CONFLICT (owner, kind) DO UPDATE SET id = 5;
--= 428C9 column "id" can only be updated to DEFAULT
INSERT INTO acc (owner, kind) VALUES ('j', 'toolong');
--= 22001 value too long for type character varying(4)
INSERT INTO acc (owner) VALUES (count(*));
--= 42803 @33 aggregate functions are not allowed in VALUES
INSERT INTO acc (owner) VALUES (generate_series(1, 2)::text);
--= 23505 duplicate key value violates unique constraint "acc_owner_kind_key"
