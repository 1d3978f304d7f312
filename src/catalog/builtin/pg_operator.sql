-- key: namespace oprname oprleft oprright
SELECT o.oid, n.nspname AS namespace, o.oprname, pg_temp.typ(o.oprleft) AS oprleft,
       pg_temp.typ(o.oprright) AS oprright, pg_temp.typ(o.oprresult) AS oprresult,
       pg_temp.proc(o.oprcode) AS oprcode, o.oprkind, o.oprcanmerge, o.oprcanhash,
       pg_temp.oper(o.oprcom) AS oprcom, pg_temp.oper(o.oprnegate) AS oprnegate,
       pg_temp.proc(o.oprrest) AS oprrest, pg_temp.proc(o.oprjoin) AS oprjoin
FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE {range o.oid}
