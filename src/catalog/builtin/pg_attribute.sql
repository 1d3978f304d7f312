-- key: attrelid attnum#
SELECT pg_temp.rel(a.attrelid) AS attrelid, a.attnum, a.attname, pg_temp.typ(a.atttypid) AS atttypid, a.atttypmod,
       a.attndims, a.attnotnull, pg_temp.coll(a.attcollation) AS attcollation, a.attidentity, a.attgenerated,
       a.attstorage,
       pg_get_expr(d.adbin, d.adrelid) AS adbin
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE {range c.oid} AND n.nspname !~ '^pg_t(oast|emp)' AND a.attnum > 0 AND NOT a.attisdropped
      AND c.relkind NOT IN ('i', 'I')
