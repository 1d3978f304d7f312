SELECT '1'::integer;
--= ok
SELECT 'x'::integer;
--= 22P02 @8 invalid input syntax for type integer: "x"
SELECT 1::text::date;
--= 22007 invalid input syntax for type date: "1"
SELECT now()::integer;
--= 42846 @13 cannot cast type timestamp with time zone to integer
SELECT true::integer;
--= ok
SELECT 1::boolean;
--= ok
SELECT 1.5::boolean;
--= 42846 @11 cannot cast type numeric to boolean
SELECT '{1,2}'::integer[];
--= ok
SELECT '{1,x}'::integer[];
--= 22P02 @8 invalid input syntax for type integer: "x"
SELECT '2024-13-01'::date;
--= 22008 @8 date/time field value out of range: "2024-13-01"
SELECT 'nothing'::regclass;
--= 42P01 @8 relation "nothing" does not exist
SELECT 'pg_class'::regclass;
--= ok
SELECT '{"a": 1}'::jsonb;
--= ok
SELECT '{a: 1}'::jsonb;
--= 22P02 @8 invalid input syntax for type json
SELECT 'not a uuid'::uuid;
--= 22P02 @8 invalid input syntax for type uuid: "not a uuid"
SELECT '99999999999'::integer;
--= 22003 @8 value "99999999999" is out of range for type integer
SELECT 1::nosuchtype;
--= 42704 @11 type "nosuchtype" does not exist
SELECT '10.0.0.1/33'::inet;
--= 22P02 @8 invalid input syntax for type inet: "10.0.0.1/33"
SELECT '1 day'::interval;
--= ok
SELECT 'yesno'::boolean;
--= 22P02 @8 invalid input syntax for type boolean: "yesno"
SELECT CAST(1 AS varchar(3));
--= ok
SELECT (1, 2)::record;
--= ok
