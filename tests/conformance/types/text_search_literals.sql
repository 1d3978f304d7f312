-- Literals of tsvector, tsquery, macaddr and the types that take none.

SELECT 'a & (b'::tsquery;
SELECT 'a &'::tsquery;
SELECT 'a b'::tsquery;
SELECT '()'::tsquery;
SELECT 'a:*B & !(b <-> c) | ''d e'''::tsquery;
SELECT 'a <x> b'::tsquery;
SELECT 'a\'::tsquery;
SELECT ''::tsquery;
SELECT to_tsquery('simple', 'a &');
SELECT 'a:1,2B ''b c'':3 :d'::tsvector;
SELECT 'a:'::tsvector;
SELECT 'a:0'::tsvector;
SELECT '''a'::tsvector;
SELECT 'a:1,x'::tsvector;
SELECT '08002b:010203'::macaddr, '1-2-3-4-5-6'::macaddr;
SELECT '0800:2b01:0203'::macaddr;
SELECT 'x'::pg_node_tree;
SELECT '1'::regoper, '1'::regoperator;
SELECT ''::regoper;
SELECT 'nosuch.t'::regclass;
