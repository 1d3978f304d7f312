SELECT date '2024-02-29', date '2023-02-29';
--= 22008 @32 date/time field value out of range: "2023-02-29"
SELECT date '2024-13-01';
--= 22008 @13 date/time field value out of range: "2024-13-01"
SELECT date 'abc';
--= 22007 @13 invalid input syntax for type date: "abc"
SELECT date '';
--= 22007 @13 invalid input syntax for type date: ""
SELECT timestamp '2024-01-01 10:00', timestamp '2024-01-01T10:00:00.123456';
--= ok
SELECT timestamp '2024-01-01 25:00';
--= 22008 @18 date/time field value out of range: "2024-01-01 25:00"
SELECT timestamp '2024-01-01 10:61';
--= 22008 @18 date/time field value out of range: "2024-01-01 10:61"
SELECT timestamptz '2024-01-01 10:00+02', timestamptz '2024-01-01 10:00 Europe/Berlin';
--= ok
SELECT timestamptz '2024-01-01 10:00 Nowhere/Land';
--= 22023 @20 time zone "nowhere/land" not recognized
SELECT time '10:00', timetz '10:00+02', time '10:00:00 PM';
--= ok
SELECT time 'noon o clock';
--= 22007 @13 invalid input syntax for type time: "noon o clock"
SELECT interval '1 day 2 hours', interval '1 fortnight';
--= 22007 @43 invalid input syntax for type interval: "1 fortnight"
SELECT interval 'x';
--= 22007 @17 invalid input syntax for type interval: "x"
SELECT interval '1 year -2 mons', interval '-1:30', interval 'P1Y2M3DT4H', interval '@ 1 minute ago';
--= ok
SELECT interval '1 2 3 4 5 6 7 8';
--= 22007 @17 invalid input syntax for type interval: "1 2 3 4 5 6 7 8"
SELECT interval '1' second(3), interval '1.5' hour;
--= ok
SELECT interval '1 millennium', interval '3 decades', interval '1 microsecond';
--= ok
SELECT '2024-01-01'::date + '1 day'::interval, '10:00'::time + '1 day';
--= ok
SELECT timestamp(3) '2024-01-01 10:00:00.1234', time(9) '10:00';
--= ok
SELECT timestamptz 'infinity', date '-infinity', interval 'infinity';
--= [-16] 22007 @59 invalid input syntax for type interval: "infinity"
--= [17-] ok
SELECT date '10000000-01-01';
--= 22008 @13 date out of range: "10000000-01-01"
SELECT date 'J2451187', date '20240101', date '2024.001', date 'January 8, 1999';
--= ok
SELECT timestamp 'epoch', timestamp 'now', date 'today', time 'allballs';
--= ok
SELECT now()::date - 1, current_date - date '2024-01-01', current_date - interval '1 day';
--= ok
