-- key: collname
-- versions: 18
-- What a build with ICU adds (pg_import_system_collations), in pg_catalog; encoding -1, provider i, deterministic.
SELECT c.collname, c.colllocale FROM pg_collation c WHERE {range c.oid} AND c.collprovider = 'i' AND c.oid >= 10000
