-- key: namespace tmplname
SELECT t.oid, n.nspname AS namespace, t.tmplname, pg_temp.proc(t.tmplinit) AS tmplinit,
       pg_temp.proc(t.tmpllexize) AS tmpllexize
FROM pg_ts_template t JOIN pg_namespace n ON n.oid = t.tmplnamespace WHERE {range t.oid}
