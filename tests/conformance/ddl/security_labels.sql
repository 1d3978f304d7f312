-- SECURITY LABEL where no provider is loaded.
CREATE TABLE t (a int);
--= ok
SECURITY LABEL ON TABLE t IS 'x';
--= 22023 no security label providers have been loaded
SECURITY LABEL FOR nobody ON TABLE t IS 'x';
--= 22023 security label provider "nobody" is not loaded
SECURITY LABEL FOR nobody ON COLUMN t.a IS NULL;
--= 22023 security label provider "nobody" is not loaded
SECURITY LABEL ON ROLE postgres IS 'x';
--= 22023 no security label providers have been loaded
SECURITY LABEL ON TABLE missing IS 'x';
--= 22023 no security label providers have been loaded
SECURITY LABEL FOR "Odd One" ON SCHEMA public IS 'x';
--= 22023 security label provider "Odd One" is not loaded
