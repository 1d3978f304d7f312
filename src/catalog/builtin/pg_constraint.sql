-- key: conrelid contypid conname
SELECT k.oid, n.nspname AS namespace, k.conname, k.contype, pg_temp.rel(k.conrelid) AS conrelid,
       pg_temp.typ(k.contypid) AS contypid, pg_temp.rel(k.conindid) AS conindid, k.condeferrable, k.condeferred,
       array_to_string(k.conkey, ' ') AS conkey, pg_temp.rel(k.confrelid) AS confrelid,
       array_to_string(k.confkey, ' ') AS confkey, pg_get_constraintdef(k.oid) AS constraintdef
FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE {range k.oid}
