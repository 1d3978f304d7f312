CREATE TABLE t (i int, n numeric, s text, d date, b boolean, j json, jb jsonb, u uuid, a int[]);
--= ok
SELECT i::text, s::int, n::int, d::text, b::text, j::jsonb, jb::text, u::text, a::text FROM t;
--= ok
SELECT d::int FROM t;
--= 42846 @9 cannot cast type date to integer
SELECT i::date FROM t;
--= 42846 @9 cannot cast type integer to date
SELECT b::numeric FROM t;
--= 42846 @9 cannot cast type boolean to numeric
SELECT jb::int, jb::boolean, jb::numeric FROM t;
--= ok
SELECT j::int FROM t;
--= 42846 @9 cannot cast type json to integer
SELECT u::bytea FROM t;
--= 42846 @9 cannot cast type uuid to bytea
SELECT a::text[] FROM t;
--= ok
SELECT a::int FROM t;
--= 42846 @9 cannot cast type integer[] to integer
SELECT i::int[] FROM t;
--= 42846 @9 cannot cast type integer to integer[]
SELECT CAST(s AS nothing) FROM t;
--= 42704 @18 type "nothing" does not exist
SELECT CAST(s AS varchar(0)) FROM t;
--= 22023 @18 length for type varchar must be at least 1
SELECT CAST(n AS numeric(2, 5)), CAST(n AS numeric(1001, 2)) FROM t;
--= [-14] 22023 @18 NUMERIC scale 5 must be between 0 and precision 2
--= [15-] 22023 @44 NUMERIC precision 1001 must be between 1 and 1000
SELECT s::timestamp(9) FROM t;
--= ok
SELECT i::oid, i::regclass FROM t;
--= ok
SELECT 't'::regclass, 'missing'::regclass;
--= 42P01 @23 relation "missing" does not exist
SELECT 'int4'::regtype, 'lower(text)'::regprocedure;
--= ok
SELECT 'lower'::regproc;
--= 42725 @8 more than one function named "lower"
SELECT now()::regproc;
--= 42846 @13 cannot cast type timestamp with time zone to regproc
SELECT '12'::int, ' 12 '::int, '1e2'::int;
--= 22P02 @32 invalid input syntax for type integer: "1e2"
SELECT '99999999999'::int;
--= 22003 @8 value "99999999999" is out of range for type integer
SELECT 99999999999::int;
--= 22003 integer out of range
SELECT '32768'::smallint;
--= 22003 @8 value "32768" is out of range for type smallint
SELECT 'abc'::numeric, 1;
--= 22P02 @8 invalid input syntax for type numeric: "abc"
SELECT '1.5'::bigint;
--= 22P02 @8 invalid input syntax for type bigint: "1.5"
SELECT 'NaN'::numeric, 'Infinity'::float8, 'inf'::float4;
--= ok
SELECT '{"a":1'::jsonb;
--= 22P02 @8 invalid input syntax for type json
SELECT 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1'::uuid;
--= 22P02 @8 invalid input syntax for type uuid: "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1"
SELECT '\xzz'::bytea;
--= 22023 @8 invalid hexadecimal digit: "z"
SELECT '192.168.1.300'::inet;
--= 22P02 @8 invalid input syntax for type inet: "192.168.1.300"
SELECT '192.168.1.1/24'::cidr;
--= 22P02 @8 invalid cidr value: "192.168.1.1/24"
SELECT '08:00:2b:01:02:zz'::macaddr;
--= 22P02 @8 invalid input syntax for type macaddr: "08:00:2b:01:02:zz"
SELECT t::text FROM t;
--= ok
SELECT row(1, 2)::t FROM t;
--= 42846 @17 cannot cast type record to t
SELECT text(i), int4(s) FROM t;
--= ok
