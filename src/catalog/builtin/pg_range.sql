-- key: rngtypid
SELECT pg_temp.typ(r.rngtypid) AS rngtypid, pg_temp.typ(r.rngsubtype) AS rngsubtype,
       '-' AS rngmultitypid,                                              --[-13]
       pg_temp.typ(r.rngmultitypid) AS rngmultitypid,                     --[14-]
       pg_temp.coll(r.rngcollation) AS rngcollation, pg_temp.opc(r.rngsubopc) AS rngsubopc,
       pg_temp.proc(r.rngcanonical) AS rngcanonical, pg_temp.proc(r.rngsubdiff) AS rngsubdiff
FROM pg_range r WHERE {range r.rngtypid}
