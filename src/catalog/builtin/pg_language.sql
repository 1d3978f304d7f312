-- key: lanname
SELECT l.oid, l.lanname, l.lanispl, l.lanpltrusted, pg_temp.proc(l.lanplcallfoid) AS lanplcallfoid,
       pg_temp.proc(l.laninline) AS laninline, pg_temp.proc(l.lanvalidator) AS lanvalidator, l.lanacl
FROM pg_language l WHERE {range l.oid}
