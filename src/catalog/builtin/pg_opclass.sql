-- key: opcmethod namespace opcname
SELECT c.oid, pg_temp.am(c.opcmethod) AS opcmethod, n.nspname AS namespace, c.opcname,
       pg_temp.opf(c.opcfamily) AS opcfamily, pg_temp.typ(c.opcintype) AS opcintype, c.opcdefault,
       pg_temp.typ(c.opckeytype) AS opckeytype
FROM pg_opclass c JOIN pg_namespace n ON n.oid = c.opcnamespace WHERE {range c.oid}
