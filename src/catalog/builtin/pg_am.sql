-- key: amname
SELECT a.oid, a.amname, pg_temp.proc(a.amhandler) AS amhandler, a.amtype FROM pg_am a WHERE {range a.oid}
