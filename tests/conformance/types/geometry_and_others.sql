CREATE TABLE g (p point, b box, c circle, l line, s lseg, pa path, po polygon, x xml, m money, ts tsvector, q tsquery);
--= ok
SELECT p <-> p, p <@ b, b && b, c @> p, p + p, b * p FROM g;
--= ok
SELECT p = p FROM g;
--= 42883 @10 operator does not exist: point = point
SELECT p ~= p FROM g;
--= ok
SELECT p + 1 FROM g;
--= 42883 @10 operator does not exist: point + integer
SELECT point(1, 2), box(point(0, 0), point(1, 1)), circle(point(0, 0), 1);
--= ok
SELECT point(1);
--= 42883 @8 function point(integer) does not exist
SELECT point('a', 'b');
--= 22P02 @14 invalid input syntax for type double precision: "a"
SELECT p[0], p[1] FROM g;
--= ok
SELECT p[2]::int FROM g;
--= ok
SELECT * FROM g ORDER BY p;
--= 42883 @26 could not identify an ordering operator for type point
SELECT * FROM g ORDER BY p <-> '(0,0)';
--= ok
SELECT DISTINCT p FROM g;
--= 42883 @17 could not identify an equality operator for type point
SELECT m + m, m * 2, m / m, m + 1 FROM g;
--= 42883 @31 operator does not exist: money + integer
SELECT m * 2, 2 * m, m / 2, m = '$5'::money FROM g;
--= ok
SELECT m::numeric, 5::money, m::int FROM g;
--= 42846 @31 cannot cast type money to integer
SELECT ts @@ q, ts @@ to_tsquery('a & b'), to_tsvector('english', 'x') @@ q FROM g;
--= ok
SELECT ts @@ 'a' FROM g;
--= ok
SELECT 'x'::text @@ 'a', ts @@ 1 FROM g;
--= 42883 @29 operator does not exist: tsvector @@ integer
SELECT to_tsvector('nothing', 'x');
--= 42704 @20 text search configuration "nothing" does not exist
SELECT to_tsvector('english', 1);
--= 42883 @8 function to_tsvector(unknown, integer) does not exist
SELECT ts || ts, setweight(ts, 'A'), ts_rank(ts, q), q && q, !!q FROM g;
--= ok
SELECT setweight(ts) FROM g;
--= 42883 @8 function setweight(tsvector) does not exist
SELECT x::text, xmlelement(name a, 1), xmlforest(m AS money, p) FROM g;
--= ok
SELECT x = x FROM g;
--= 42883 @10 operator does not exist: xml = xml
SELECT xmlparse(document '<a/>'), xpath('/a', x), xmlserialize(content x AS text) FROM g;
--= ok
SELECT xpath('/a', 1) FROM g;
--= 42883 @8 function xpath(unknown, integer) does not exist
SELECT xmlforest(1);
--= 42601 @18 unnamed XML element value must be a column reference
SELECT pg_lsn '0/0' + 1, '0/0'::pg_lsn - '0/0'::pg_lsn;
--= [-13] 42883 @21 operator does not exist: pg_lsn + integer
--= [14-] ok
