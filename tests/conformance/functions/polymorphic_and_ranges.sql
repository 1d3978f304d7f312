SELECT array_position(ARRAY[1, 2], 1), array_position(ARRAY[1, 2], 'x');
--= 22P02 @68 invalid input syntax for type integer: "x"
SELECT array_cat(ARRAY[1], ARRAY[2]), array_cat(ARRAY[1], ARRAY['a']);
--= 42883 @39 function array_cat(integer[], text[]) does not exist
SELECT array_append(NULL, 1), array_append('{1}', 1);
--= ok
SELECT array_append(NULL, NULL);
--= [-13] 42804 could not determine polymorphic type because input has type unknown
--= [14-] ok
SELECT array_fill(0, ARRAY[2]), array_fill('x', ARRAY[2]);
--= 42804 could not determine polymorphic type because input has type unknown
SELECT array_replace(ARRAY[1], 1, 2.5);
--= [-13] 42883 @8 function array_replace(integer[], integer, numeric) does not exist
--= [14-] ok
SELECT unnest('{1,2}');
--= 42725 @8 function unnest(unknown) is not unique
SELECT array_to_string(ARRAY[1], ','), array_to_string('{1}', ',');
--= 42804 could not determine polymorphic type because input has type unknown
SELECT array_to_string(1, ',');
--= 42883 @8 function array_to_string(integer, unknown) does not exist
SELECT width_bucket(5, ARRAY[1, 3]), width_bucket('a', ARRAY[1, 3]);
--= 22P02 @51 invalid input syntax for type integer: "a"
SELECT num_nulls(1, NULL), num_nonnulls(VARIADIC ARRAY[1, NULL]), num_nulls();
--= 42883 @67 function num_nulls() does not exist
SELECT concat('a', 1, NULL, true), concat_ws(',', 'a', 1), concat();
--= 42883 @60 function concat() does not exist
SELECT format('%s %I', 1, 'x'), format(1);
--= 42883 @33 function format(integer) does not exist
SELECT quote_ident('x'), quote_literal(1), quote_nullable(NULL), quote_ident(1);
--= 42883 @66 function quote_ident(integer) does not exist
SELECT jsonb_build_object('a', 1, 'b', NULL), json_build_array(VARIADIC ARRAY['a']);
--= ok
SELECT lag(1) OVER (), first_value('x') OVER ();
--= 42804 could not determine polymorphic type because input has type unknown
SELECT pg_typeof(1), pg_typeof('x'), pg_typeof(NULL);
--= ok
SELECT range_merge('[1,2]', '[3,4]');
--= 42804 could not determine polymorphic type because input has type unknown
SELECT greatest(ARRAY[1], ARRAY[2]), greatest(ARRAY[1], 1);
--= 42804 @57 GREATEST types integer[] and integer cannot be matched
SELECT coalesce(NULL, NULL), nullif(NULL, 1), nullif('a', 'b');
--= ok
SELECT array_dims(ARRAY[1]), array_ndims('{1}'::int[]), trim_array(ARRAY[1], 1);
--= [-13] 42883 @57 function trim_array(integer[], integer) does not exist
--= [14-] ok
SELECT cardinality(1);
--= 42883 @8 function cardinality(integer) does not exist
SELECT row_to_json(ROW(1, 2)), row_to_json(1);
--= 42883 @32 function row_to_json(integer) does not exist
SELECT to_json('x'), to_jsonb('x');
--= 42804 could not determine polymorphic type because input has type unknown
SELECT to_jsonb('x'::text), to_json(1);
--= ok
SELECT enum_range('x');
--= 42883 @8 function enum_range(unknown) does not exist
SELECT array_agg('x'), array_agg(NULL);
--= 42725 @8 function array_agg(unknown) is not unique
SELECT string_to_array('a', ','), string_to_array(1, ',');
--= 42883 @35 function string_to_array(integer, unknown) does not exist
SELECT max(NULL), sum(NULL);
--= 42725 @19 function sum(unknown) is not unique
SELECT generate_subscripts(ARRAY[1], 1), generate_subscripts(1, 1);
--= 42883 @42 function generate_subscripts(integer, integer) does not exist
