-- key: name
-- versions: 18
SELECT t.name FROM pg_timezone_names() t WHERE 1 BETWEEN {bounds} AND t.name !~ '^(posix|right)/'
