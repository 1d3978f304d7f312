-- How addresses of network cards may be written.
SELECT '1:2:3:a:b:c'::macaddr;
SELECT ' 01-02-03-0A-0b-0c '::macaddr;
SELECT '010203:0a0b0c'::macaddr;
SELECT '0102.030a.0b0c'::macaddr;
SELECT '01020'::macaddr;
SELECT '0102030a0b0'::macaddr;
SELECT '1:2:3:a:b:1cc'::macaddr;
SELECT '1:2-3:a:b:c'::macaddr;
SELECT '1:2:3:a:b:c:d'::macaddr;
SELECT '1:2:3:a:b:c'::macaddr8;
SELECT '01:02:03:0a:0b:0c'::macaddr8;
SELECT '01-02-03:0a-0b-0c'::macaddr8;
SELECT '01-02-03-0a-0b-0c-0d'::macaddr8;
CREATE TABLE card (a macaddr DEFAULT '0:0:0:0:0:0', b macaddr8 DEFAULT '0102.0304.0506.0708');
