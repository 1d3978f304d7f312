-- key: namespace collname collencoding#
-- ICU's own locales (und-x-icu ...) are in pg_collation_icu; the locales of libc are the machine's, only C's are here.
SELECT c.oid, n.nspname AS namespace, c.collname, c.collprovider, c.collisdeterministic, c.collencoding,
       c.collcollate, c.collctype,
       NULL AS colllocale,                                                --[-14]
       c.colliculocale AS colllocale,                                     --[15-16]
       c.colllocale,                                                      --[17-]
       NULL AS collicurules                                               --[-15]
       c.collicurules                                                     --[16-]
FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
WHERE {range c.oid} AND (c.collprovider <> 'i' OR c.oid < 10000)
      AND (c.collprovider <> 'c' OR c.oid < 10000 OR c.collname IN ('C.utf8', 'ucs_basic'))
