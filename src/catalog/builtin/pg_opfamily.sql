-- key: opfmethod namespace opfname
SELECT f.oid, pg_temp.am(f.opfmethod) AS opfmethod, n.nspname AS namespace, f.opfname
FROM pg_opfamily f JOIN pg_namespace n ON n.oid = f.opfnamespace WHERE {range f.oid}
