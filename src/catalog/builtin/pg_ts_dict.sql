-- key: namespace dictname
SELECT d.oid, n.nspname AS namespace, d.dictname, pg_temp.nsp(t.tmplnamespace) || t.tmplname AS dicttemplate,
       d.dictinitoption
FROM pg_ts_dict d JOIN pg_namespace n ON n.oid = d.dictnamespace JOIN pg_ts_template t ON t.oid = d.dicttemplate
WHERE {range d.oid}
