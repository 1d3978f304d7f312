-- key: enumtypid enumsortorder
SELECT e.oid, pg_temp.typ(e.enumtypid) AS enumtypid, e.enumsortorder::text, e.enumlabel
FROM pg_enum e WHERE {range e.oid}
