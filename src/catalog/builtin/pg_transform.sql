-- key: trftype trflang
SELECT t.oid, pg_temp.typ(t.trftype) AS trftype, pg_temp.lang(t.trflang) AS trflang,
       pg_temp.proc(t.trffromsql) AS trffromsql, pg_temp.proc(t.trftosql) AS trftosql
FROM pg_transform t WHERE {range t.oid}
