-- key: indexrelid
SELECT pg_temp.rel(i.indexrelid) AS indexrelid, pg_temp.rel(i.indrelid) AS indrelid, i.indisunique, i.indisprimary,
       i.indisexclusion, i.indimmediate, i.indnkeyatts, i.indkey::text,
       (SELECT string_agg(pg_temp.opc(o), ' ' ORDER BY k) FROM unnest(i.indclass::oid[]) WITH ORDINALITY AS u(o, k))
         AS indclass,
       (SELECT string_agg(pg_temp.coll(o), ' ' ORDER BY k) FROM unnest(i.indcollation::oid[]) WITH ORDINALITY AS u(o, k))
         AS indcollation,
       i.indoption::text,
       false AS indnullsnotdistinct,                                      --[-14]
       i.indnullsnotdistinct,                                             --[15-]
       CASE WHEN i.indexrelid >= 16384 THEN pg_get_indexdef(i.indexrelid) END AS indexdef
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {range i.indexrelid} AND n.nspname !~ '^pg_t(oast|emp)'
