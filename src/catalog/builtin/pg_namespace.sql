-- key: nspname
SELECT n.oid, n.nspname, pg_temp.usr(n.nspowner) AS nspowner, n.nspacl
FROM pg_namespace n WHERE {range n.oid} AND n.nspname !~ '^pg_(temp|toast_temp)'
