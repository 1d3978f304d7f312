CREATE SEQUENCE s;
--= ok
CREATE SEQUENCE s;
--= 42P07 relation "s" already exists
CREATE SEQUENCE s2 INCREMENT BY 0;
--= 22023 INCREMENT must not be zero
CREATE SEQUENCE s2 MINVALUE 10 MAXVALUE 5;
--= 22023 MINVALUE (10) must be less than MAXVALUE (5)
CREATE SEQUENCE s2 START WITH 0;
--= 22023 START value (0) cannot be less than MINVALUE (1)
CREATE SEQUENCE s2 AS text;
--= 22023 sequence type must be smallint, integer, or bigint
CREATE SEQUENCE s2 AS smallint MAXVALUE 100000;
--= 22023 MAXVALUE (100000) is out of range for sequence data type smallint
CREATE TABLE t (id serial, n integer DEFAULT nextval('s'));
--= ok
DROP SEQUENCE s;
--= 2BP01 cannot drop sequence s because other objects depend on it
DROP SEQUENCE t_id_seq;
--= 2BP01 cannot drop sequence t_id_seq because other objects depend on it
ALTER SEQUENCE s OWNED BY t.n;
--= ok
ALTER SEQUENCE s OWNED BY t.nothing;
--= 42703 column "nothing" of relation "t" does not exist
ALTER SEQUENCE nothing RESTART;
--= 42P01 relation "nothing" does not exist
SELECT nextval('nothing');
--= 42P01 @16 relation "nothing" does not exist
SELECT nextval('t');
--= [-16] 42809 "t" is not a sequence
--= [17-] 42809 cannot open relation "t"
ALTER SEQUENCE s CACHE 0;
--= 22023 CACHE (0) must be greater than zero
DROP TABLE t;
--= ok
DROP SEQUENCE s;
--= 42P01 sequence "s" does not exist
