CREATE TABLE e (id int, day date, at timestamp, atz timestamptz, tm time, dur interval);
--= ok
SELECT day + 1, day - day, day + dur, at - at, atz - dur, tm + dur FROM e;
--= ok
SELECT day + day FROM e;
--= 42883 @12 operator does not exist: date + date
SELECT at + 1 FROM e;
--= 42883 @11 operator does not exist: timestamp without time zone + integer
SELECT atz + '1 day' FROM e;
--= ok
SELECT atz + 1 * dur FROM e;
--= ok
SELECT dur * '2' FROM e;
--= ok
SELECT dur + 1 FROM e;
--= 42883 @12 operator does not exist: interval + integer
SELECT day + tm, at::date, atz::time FROM e;
--= ok
SELECT tm - at FROM e;
--= 42883 @11 operator does not exist: time without time zone - timestamp without time zone
SELECT at > atz, day < at, day = '2024-01-01' FROM e;
--= ok
SELECT day = tm FROM e;
--= 42883 @12 operator does not exist: date = time without time zone
SELECT day > '2024-1-1x' FROM e;
--= 22007 @14 invalid input syntax for type date: "2024-1-1x"
SELECT atz > '2024-06-31' FROM e;
--= 22008 @14 date/time field value out of range: "2024-06-31"
SELECT date_trunc('day', at), date_trunc('month', day) FROM e;
--= ok
SELECT date_trunc(at, 'day') FROM e;
--= 42883 @8 function date_trunc(timestamp without time zone, unknown) does not exist
SELECT date_trunc('day', id) FROM e;
--= 42883 @8 function date_trunc(unknown, integer) does not exist
SELECT extract(year FROM day), extract(epoch FROM dur) FROM e;
--= ok
SELECT extract(year FROM id) FROM e;
--= [-13] 42883 @8 function pg_catalog.date_part(unknown, integer) does not exist
--= [14-] 42883 @8 function pg_catalog.extract(unknown, integer) does not exist
SELECT extract(hour FROM date '2024-01-01');
--= [-13] ok
--= [14] 0A000 date units "hour" not supported
--= [15-] 0A000 unit "hour" not supported for type date
SELECT extract(nonsense FROM timestamp '2024-01-01');
--= [-14] 22023 timestamp units "nonsense" not recognized
--= [15-] 22023 unit "nonsense" not recognized for type timestamp without time zone
SELECT date_part('hour', at), date_part(1, at) FROM e;
--= 42883 @31 function date_part(integer, timestamp without time zone) does not exist
SELECT age(at), age(day) FROM e;
--= ok
SELECT age(id) FROM e;
--= 42883 @8 function age(integer) does not exist
SELECT to_char(at, 'YYYY-MM-DD'), to_date('2024', 'YYYY') FROM e;
--= ok
SELECT to_char(day, 1) FROM e;
--= 42883 @8 function to_char(date, integer) does not exist
SELECT make_date(2024, 1, 1), make_interval(days => 3);
--= ok
SELECT make_interval(day => 3);
--= 42883 @8 function make_interval(day => integer) does not exist
SELECT at AT TIME ZONE 'UTC', atz AT TIME ZONE 'Europe/Berlin' FROM e;
--= ok
SELECT day AT TIME ZONE 1 FROM e;
--= 42883 @12 function pg_catalog.timezone(integer, date) does not exist
SELECT (day, day) OVERLAPS (day, dur) FROM e;
--= ok
SELECT (day, id) OVERLAPS (day, dur) FROM e;
--= 42883 @18 function pg_catalog.overlaps(date, integer, date, interval) does not exist
SELECT now() - interval '1 day', now() - interval '1 dya';
--= 22007 @51 invalid input syntax for type interval: "1 dya"
SELECT interval '1' day, interval '1-2' year to month, interval 'P1D';
--= ok
SELECT date 'tomorrow', date 'infinity', date '2024-02-30';
--= 22008 @47 date/time field value out of range: "2024-02-30"
SELECT time '25:00';
--= 22008 @13 date/time field value out of range: "25:00"
SELECT generate_series(date '2024-01-01', date '2024-01-05', '1 day');
--= ok
SELECT generate_series(date '2024-01-01', date '2024-01-05', 1);
--= 42883 @8 function generate_series(date, date, integer) does not exist
