-- key: namespace prsname
SELECT p.oid, n.nspname AS namespace, p.prsname, pg_temp.proc(p.prsstart) AS prsstart,
       pg_temp.proc(p.prstoken) AS prstoken, pg_temp.proc(p.prsend) AS prsend,
       pg_temp.proc(p.prsheadline) AS prsheadline, pg_temp.proc(p.prslextype) AS prslextype
FROM pg_ts_parser p JOIN pg_namespace n ON n.oid = p.prsnamespace WHERE {range p.oid}
