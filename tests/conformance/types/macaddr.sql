-- How addresses of network cards may be written.
SELECT '1:2:3:a:b:c'::macaddr;
--= ok
SELECT ' 01-02-03-0A-0b-0c '::macaddr;
--= ok
SELECT '010203:0a0b0c'::macaddr;
--= ok
SELECT '0102.030a.0b0c'::macaddr;
--= ok
SELECT '01020'::macaddr;
--= 22P02 @8 invalid input syntax for type macaddr: "01020"
SELECT '0102030a0b0'::macaddr;
--= ok
SELECT '1:2:3:a:b:1cc'::macaddr;
--= 22003 @8 invalid octet value in "macaddr" value: "1:2:3:a:b:1cc"
SELECT '1:2-3:a:b:c'::macaddr;
--= 22P02 @8 invalid input syntax for type macaddr: "1:2-3:a:b:c"
SELECT '1:2:3:a:b:c:d'::macaddr;
--= 22P02 @8 invalid input syntax for type macaddr: "1:2:3:a:b:c:d"
SELECT '1:2:3:a:b:c'::macaddr8;
--= 22P02 @8 invalid input syntax for type macaddr8: "1:2:3:a:b:c"
SELECT '01:02:03:0a:0b:0c'::macaddr8;
--= ok
SELECT '01-02-03:0a-0b-0c'::macaddr8;
--= 22P02 @8 invalid input syntax for type macaddr8: "01-02-03:0a-0b-0c"
SELECT '01-02-03-0a-0b-0c-0d'::macaddr8;
--= 22P02 @8 invalid input syntax for type macaddr8: "01-02-03-0a-0b-0c-0d"
CREATE TABLE card (a macaddr DEFAULT '0:0:0:0:0:0', b macaddr8 DEFAULT '0102.0304.0506.0708');
--= ok
