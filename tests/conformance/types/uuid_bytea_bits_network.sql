CREATE TABLE n (u uuid, b bytea, bt bit(4), vb bit varying(8), ip inet, net cidr, mac macaddr);
--= ok
INSERT INTO n (u) VALUES ('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'), ('{a0eebc999c0b4ef8bb6d6bb9bd380a11}');
--= ok
INSERT INTO n (u) VALUES ('a0eebc99-9c0b-4ef8-bb6d');
--= 22P02 @27 invalid input syntax for type uuid: "a0eebc99-9c0b-4ef8-bb6d"
INSERT INTO n (u) VALUES (gen_random_uuid()), (NULL);
--= ok
INSERT INTO n (u) VALUES (md5('x'));
--= 42804 @27 column "u" is of type uuid but expression is of type text
INSERT INTO n (u) VALUES (md5('x')::uuid);
--= ok
INSERT INTO n (b) VALUES ('\xdeadbeef'), ('abc'), ('\\000');
--= ok
INSERT INTO n (b) VALUES ('\xabc');
--= 22023 @27 invalid hexadecimal data: odd number of digits
INSERT INTO n (b) VALUES ('\9');
--= 22P02 @27 invalid input syntax for type bytea
INSERT INTO n (bt) VALUES (B'1010'), ('1010'), (X'A');
--= ok
INSERT INTO n (bt) VALUES (B'101');
--= 22026 bit string length 3 does not match type bit(4)
INSERT INTO n (bt) VALUES ('102');
--= 22P02 @28 "2" is not a valid binary digit
INSERT INTO n (bt) VALUES (5);
--= 42804 @28 column "bt" is of type bit but expression is of type integer
INSERT INTO n (vb) VALUES (B'1'), (B'111111111');
--= 22001 bit string too long for type bit varying(8)
INSERT INTO n (ip) VALUES ('10.0.0.1'), ('10.0.0.0/8'), ('::1');
--= ok
INSERT INTO n (ip) VALUES ('10.0.0');
--= 22P02 @28 invalid input syntax for type inet: "10.0.0"
INSERT INTO n (ip) VALUES ('10.0.0.256');
--= 22P02 @28 invalid input syntax for type inet: "10.0.0.256"
INSERT INTO n (net) VALUES ('10.0.0.0/8'), ('10');
--= ok
INSERT INTO n (net) VALUES ('10.0.0.1/8');
--= 22P02 @29 invalid cidr value: "10.0.0.1/8"
INSERT INTO n (mac) VALUES ('08:00:2b:01:02:03'), ('08002b-010203');
--= ok
INSERT INTO n (mac) VALUES ('08:00:2b');
--= 22P02 @29 invalid input syntax for type macaddr: "08:00:2b"
SELECT ip << net, ip && net, ip + 1, ip - ip, host(ip), net = ip FROM n;
--= ok
SELECT ip << '10.0.0.0/8', ip << 'x' FROM n;
--= 22P02 @34 invalid input syntax for type inet: "x"
SELECT ip + ip FROM n;
--= 42883 @11 operator does not exist: inet + inet
SELECT ip = '10.0.0.1', mac > mac, u = u, u < '0' FROM n;
--= 22P02 @47 invalid input syntax for type uuid: "0"
SELECT b || '\x00', b || 'x'::text, substring(b, 1, 2), encode(b, 'hex'), get_byte(b, 0) FROM n;
--= ok
SELECT bt & bt, bt || vb, bt << 1, ~bt, bt = vb, bt & 1 FROM n;
--= 42883 @53 operator does not exist: bit & integer
SELECT bt::int, 5::bit(4), u::text, b::text, ip::text FROM n;
--= ok
SELECT bt::numeric FROM n;
--= 42846 @10 cannot cast type bit to numeric
