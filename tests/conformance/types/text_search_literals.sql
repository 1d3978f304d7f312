-- Literals of tsvector, tsquery, macaddr and the types that take none.

SELECT 'a & (b'::tsquery;
--= 42601 @8 syntax error in tsquery: "a & (b"
SELECT 'a &'::tsquery;
--= 42601 @8 no operand in tsquery: "a &"
SELECT 'a b'::tsquery;
--= 42601 @8 syntax error in tsquery: "a b"
SELECT '()'::tsquery;
--= 42601 @8 syntax error in tsquery: "()"
SELECT 'a:*B & !(b <-> c) | ''d e'''::tsquery;
--= ok
SELECT 'a <x> b'::tsquery;
--= 42601 @8 syntax error in tsquery: "a <x> b"
SELECT 'a\'::tsquery;
--= 42601 @8 there is no escaped character: "a\"
SELECT ''::tsquery;
--= ok
SELECT to_tsquery('simple', 'a &');
--= 42601 no operand in tsquery: "a &"
SELECT 'a:1,2B ''b c'':3 :d'::tsvector;
--= ok
SELECT 'a:'::tsvector;
--= 42601 @8 syntax error in tsvector: "a:"
SELECT 'a:0'::tsvector;
--= 42601 @8 wrong position info in tsvector: "a:0"
SELECT '''a'::tsvector;
--= 42601 @8 syntax error in tsvector: "'a"
SELECT 'a:1,x'::tsvector;
--= 42601 @8 syntax error in tsvector: "a:1,x"
SELECT '08002b:010203'::macaddr, '1-2-3-4-5-6'::macaddr;
--= ok
SELECT '0800:2b01:0203'::macaddr;
--= 22P02 @8 invalid input syntax for type macaddr: "0800:2b01:0203"
SELECT 'x'::pg_node_tree;
--= 0A000 @8 cannot accept a value of type pg_node_tree
SELECT '1'::regoper, '1'::regoperator;
--= ok
SELECT ''::regoper;
--= 42602 @8 invalid name syntax
SELECT 'nosuch.t'::regclass;
--= [-15] 3F000 @8 schema "nosuch" does not exist
--= [16-] 42P01 @8 relation "nosuch.t" does not exist
