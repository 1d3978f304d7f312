SELECT 1::smallint + 1::bigint, 1.5 * 2, 2 ^ 3, 7 / 2, 7 % 2, -5;
--= ok
SELECT '1' + '2';
--= 42725 @12 operator is not unique: unknown + unknown
SELECT '1' + 2, 2 + '3.0';
--= 22P02 @21 invalid input syntax for type integer: "3.0"
SELECT 1.5::int, '12abc'::int;
--= 22P02 @18 invalid input syntax for type integer: "12abc"
SELECT 'abc'::float8;
--= 22P02 @8 invalid input syntax for type double precision: "abc"
SELECT '1e400'::float8;
--= 22003 @8 "1e400" is out of range for type double precision
SELECT '1e50'::float4;
--= 22003 @8 "1e50" is out of range for type real
SELECT 1e10::int8, '1_000'::int;
--= [-15] 22P02 @20 invalid input syntax for type integer: "1_000"
--= [16-] ok
SELECT '0x1F'::int;
--= [-15] 22P02 @8 invalid input syntax for type integer: "0x1F"
--= [16-] ok
SELECT 0x1F, 0b11, 0o17, 1_000;
--= [-14] ok
--= [15] 42601 @8 trailing junk after numeric literal at or near "0x1F"
--= [16-] ok
SELECT 1a;
--= [-14] ok
--= [15-] 42601 @8 trailing junk after numeric literal at or near "1a"
SELECT 1::numeric(3, 1), 1::numeric(0);
--= 22023 @29 NUMERIC precision 0 must be between 1 and 1000
SELECT 1::numeric(3, 1, 2);
--= 22023 @11 invalid NUMERIC type modifier
SELECT 1::numeric('x');
--= 22P02 @11 invalid input syntax for type integer: "x"
SELECT 1::float(60), 1::float(0);
--= 22023 @17 precision for type float must be less than 54 bits
SELECT 1::int(4);
--= 42601 @14 syntax error at or near "("
SELECT abs('-1'), abs('x');
--= 22P02 @23 invalid input syntax for type double precision: "x"
SELECT round(1.5), round(1.55, 1), round(1.5::float8, 1);
--= 42883 @36 function round(double precision, integer) does not exist
SELECT mod(5, 2.5), mod(5::float8, 2);
--= 42883 @21 function mod(double precision, integer) does not exist
SELECT 5 % 2.5, 5::float8 % 2;
--= 42883 @27 operator does not exist: double precision % integer
SELECT sqrt(4), sqrt('x');
--= 22P02 @22 invalid input syntax for type double precision: "x"
SELECT 1 & 3, 1 | 2, 1 # 3, ~1, 1 << 2, 1.5 & 1;
--= 42883 @45 operator does not exist: numeric & integer
SELECT @ -5, |/ 4, ||/ 8;
--= ok
SELECT 5!;
--= [-13] ok
--= [14-] 42601 @10 syntax error at or near ";"
SELECT !! 5;
--= [-13] ok
--= [14-] 42883 @8 operator does not exist: !! integer
SELECT random() * 10, random(1, 10);
--= [-16] 42883 @23 function random(integer, integer) does not exist
--= [17-] ok
SELECT sum(1), avg(1), stddev(1), sum('1');
--= 42725 @35 function sum(unknown) is not unique
SELECT to_number('1', '9'), to_char(1, '9');
--= ok
SELECT to_char('1', '9');
--= 42725 @8 function to_char(unknown, unknown) is not unique
SELECT width_bucket(1, 0, 10, 5), width_bucket('a', 0, 10, 5);
--= 22P02 @48 invalid input syntax for type double precision: "a"
