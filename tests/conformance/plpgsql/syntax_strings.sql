-- A string goes on behind a line break.
CREATE FUNCTION f1() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'one % '
        'and two', 1;
END $$;
--= ok
CREATE FUNCTION f2() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'one ' 'and two';
END $$;
--= 42601 @91 syntax error at or near "'and two'"
CREATE FUNCTION f3() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'one '
        -- a comment
        'and % two %', 1;
END $$;
--= 42601 too few parameters specified for RAISE
DO $$
BEGIN
    RAISE NOTICE E'it''s\t'
        'a \'string\''
        '!';
END $$;
--= ok
DO $$
DECLARE
    a text := 'x'
        'y';
BEGIN
    RAISE NOTICE 'a''b'
    'c''d %', a;
    RAISE SQLSTATE '22'
        '012';
END $$;
--= 22012 22012
SELECT f1();
--= P0001 one 1 and two
