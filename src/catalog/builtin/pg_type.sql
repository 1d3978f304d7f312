-- key: namespace typname
SELECT t.oid, n.nspname AS namespace, t.typname, t.typlen, t.typbyval, t.typtype, t.typcategory,
       t.typispreferred, t.typisdefined, t.typdelim, pg_temp.rel(t.typrelid) AS typrelid,
       '-' AS typsubscript,                                               --[-13]
       pg_temp.proc(t.typsubscript) AS typsubscript,                      --[14-]
       pg_temp.typ(t.typelem) AS typelem, pg_temp.typ(t.typarray) AS typarray,
       pg_temp.proc(t.typinput) AS typinput, pg_temp.proc(t.typoutput) AS typoutput,
       pg_temp.proc(t.typreceive) AS typreceive, pg_temp.proc(t.typsend) AS typsend,
       pg_temp.proc(t.typmodin) AS typmodin, pg_temp.proc(t.typmodout) AS typmodout,
       pg_temp.proc(t.typanalyze) AS typanalyze,
       t.typalign, t.typstorage, t.typnotnull, pg_temp.typ(t.typbasetype) AS typbasetype, t.typtypmod,
       t.typndims, pg_temp.coll(t.typcollation) AS typcollation, t.typdefault, t.typacl
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE {range t.oid} AND n.nspname !~ '^pg_t(oast|emp)'
