-- A string goes on behind a line break.
CREATE FUNCTION f1() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'one % '
        'and two', 1;
END $$;
CREATE FUNCTION f2() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'one ' 'and two';
END $$;
CREATE FUNCTION f3() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'one '
        -- a comment
        'and % two %', 1;
END $$;
DO $$
BEGIN
    RAISE NOTICE E'it''s\t'
        'a \'string\''
        '!';
END $$;
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
SELECT f1();
