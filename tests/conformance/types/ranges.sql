CREATE TABLE r (id int, during tstzrange, span int4range, period daterange, m int4multirange);
--= [-13] 42704 @79 type "int4multirange" does not exist
--= [14-] ok
SELECT during && tstzrange(now(), NULL), span @> 5, period -|- period FROM r;
--= [-13] 42P01 @76 relation "r" does not exist
--= [14-] ok
SELECT span @> '5', span @> '[1,2]' FROM r;
--= [-13] 42P01 @42 relation "r" does not exist
--= [14-] 22P02 @16 malformed range literal: "5"
SELECT span @> 'x' FROM r;
--= [-13] 42P01 @25 relation "r" does not exist
--= [14-] 22P02 @16 malformed range literal: "x"
SELECT span @> now() FROM r;
--= [-13] 42P01 @27 relation "r" does not exist
--= [14-] 42883 @13 operator does not exist: int4range @> timestamp with time zone
SELECT during @> '2024-01-01'::date FROM r;
--= [-13] 42P01 @42 relation "r" does not exist
--= [14-] 42883 @15 operator does not exist: tstzrange @> date
SELECT during @> '2024-01-01' FROM r;
--= [-13] 42P01 @36 relation "r" does not exist
--= [14-] 22P02 @18 malformed range literal: "2024-01-01"
SELECT '[1,5)'::int4range, '[1,5'::int4range;
--= 22P02 @28 malformed range literal: "[1,5"
SELECT '[5,1]'::int4range;
--= 22000 @8 range lower bound must be less than or equal to range upper bound
SELECT '1,5'::int4range;
--= 22P02 @8 malformed range literal: "1,5"
SELECT 'empty'::daterange, '(,)'::numrange, '[a,b]'::numrange;
--= 22P02 @45 invalid input syntax for type numeric: "a"
SELECT int4range(1, 5), int4range(1, 5, '[]'), int4range(1, 'x');
--= 22P02 @61 invalid input syntax for type integer: "x"
SELECT int4range(1);
--= 42883 @8 function int4range(integer) does not exist
SELECT int4range(1, 5, '[');
--= 42601 invalid range bound flags
SELECT daterange('2024-01-01', '2024-02-01'), daterange('2024-01-01', 5);
--= 42883 @47 function daterange(unknown, integer) does not exist
SELECT lower(span), upper(during), isempty(period), lower_inc(span) FROM r;
--= [-13] 42P01 @74 relation "r" does not exist
--= [14-] ok
SELECT lower(id) FROM r;
--= [-13] 42P01 @23 relation "r" does not exist
--= [14-] 42883 @8 function lower(integer) does not exist
SELECT span + span, span * span, span - span, span < span FROM r;
--= [-13] 42P01 @64 relation "r" does not exist
--= [14-] ok
SELECT span + 1 FROM r;
--= [-13] 42P01 @22 relation "r" does not exist
--= [14-] 42883 @13 operator does not exist: int4range + integer
SELECT span && period FROM r;
--= [-13] 42P01 @28 relation "r" does not exist
--= [14-] 42883 @13 operator does not exist: int4range && daterange
SELECT span && '[1,2)' FROM r;
--= [-13] 42P01 @29 relation "r" does not exist
--= [14-] ok
SELECT range_merge(span, span), range_agg(span), unnest(m) FROM r GROUP BY span, m;
--= [-13] 42P01 @65 relation "r" does not exist
--= [14-] ok
SELECT m @> 1, m && span, m + span FROM r;
--= [-13] 42P01 @41 relation "r" does not exist
--= [14-] 42883 @29 operator does not exist: int4multirange + int4range
SELECT '{[1,2),[5,6)}'::int4multirange, '{1,2}'::int4multirange;
--= [-13] 42704 @25 type "int4multirange" does not exist
--= [14-] 22P02 @41 malformed multirange literal: "{1,2}"
SELECT tsrange(now(), now());
--= 42883 @8 function tsrange(timestamp with time zone, timestamp with time zone) does not exist
SELECT tstzrange(now(), now()) && tsrange(NULL, NULL);
--= 42883 @32 operator does not exist: tstzrange && tsrange
