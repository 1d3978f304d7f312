CREATE DOMAIN email AS text CHECK (VALUE ~ '@');
--= ok
CREATE DOMAIN pos AS int CHECK (VALUE > 0) NOT NULL;
--= ok
CREATE DOMAIN code AS varchar(3);
--= ok
CREATE TABLE c (id pos, mail email, k code, mails email[]);
--= ok
SELECT mail || 'x', lower(mail), length(k), id + 1 FROM c;
--= ok
SELECT mail = 'a', id = '5', k LIKE 'a%' FROM c;
--= ok
SELECT id = 'x' FROM c;
--= 22P02 @13 invalid input syntax for type integer: "x"
SELECT id + mail FROM c;
--= 42883 @11 operator does not exist: pos + email
SELECT 'a'::email;
--= 23514 value for domain email violates check constraint "email_check"
SELECT 'a@b'::email, 5::pos;
--= ok
SELECT (-5)::pos;
--= 23514 value for domain pos violates check constraint "pos_check"
SELECT 'x'::pos;
--= 22P02 @8 invalid input syntax for type integer: "x"
SELECT 'abcd'::code;
--= ok
SELECT NULL::pos;
--= 23502 domain pos does not allow null values
SELECT id::email, mail::pos FROM c;
--= ok
SELECT id::date FROM c;
--= 42846 @10 cannot cast type pos to date
SELECT mails[1], mails || 'x@y' FROM c;
--= 22P02 @27 malformed array literal: "x@y"
SELECT CASE WHEN true THEN mail ELSE 'x' END, COALESCE(mail, k) FROM c;
--= ok
SELECT COALESCE(id, mail) FROM c;
--= 42804 @21 COALESCE types integer and text cannot be matched
SELECT sum(id), max(mail), array_agg(k) FROM c;
--= ok
SELECT sum(mail) FROM c;
--= 42883 @8 function sum(email) does not exist
INSERT INTO c (id, mail) VALUES (1, 'a@b');
--= ok
INSERT INTO c (id, mail) VALUES ('x', 'a@b');
--= 22P02 @34 invalid input syntax for type integer: "x"
INSERT INTO c (id, mail) VALUES (1, 5);
--= 23514 value for domain email violates check constraint "email_check"
INSERT INTO c (id, k) VALUES (1, 'toolong');
--= 22001 value too long for type character varying(3)
UPDATE c SET mail = id;
--= 23514 value for domain email violates check constraint "email_check"
UPDATE c SET mail = k, id = id + 1;
--= ok
CREATE FUNCTION f(email) RETURNS text LANGUAGE sql AS 'SELECT $1';
--= ok
SELECT f(mail), f('a@b'), f(k) FROM c;
--= ok
SELECT f(id) FROM c;
--= 42883 @8 function f(pos) does not exist
