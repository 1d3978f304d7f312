-- key: tgrelid tgname
SELECT t.oid, pg_temp.rel(t.tgrelid) AS tgrelid, t.tgname, pg_temp.proc(t.tgfoid) AS tgfoid, t.tgtype, t.tgenabled,
       pg_get_triggerdef(t.oid) AS triggerdef
FROM pg_trigger t WHERE {range t.oid} AND NOT t.tgisinternal
