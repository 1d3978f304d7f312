-- key: namespace relname
SELECT c.oid, n.nspname AS namespace, c.relname, c.relkind, c.relpersistence, pg_temp.typ(c.reltype) AS reltype,
       pg_temp.typ(c.reloftype) AS reloftype, pg_temp.am(c.relam) AS relam,
       c.reltablespace = 1664 AS relisshared_tablespace, c.relisshared, c.relhasindex, c.relnatts, c.relchecks,
       c.relhasrules, c.relhastriggers, c.relrowsecurity, c.relreplident, c.relispartition,
       c.reloptions, c.relacl
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {range c.oid} AND n.nspname !~ '^pg_t(oast|emp)'
