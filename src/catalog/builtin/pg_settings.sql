-- key: name
-- Built-in parameters, of a server that was built with lz4 and zstd as packages are; those that pg_settings hides (GUC_NO_SHOW_ALL) are added by hand, where the server knows them.
SELECT s.name, s.vartype, s.context, s.unit, s.min_val, s.max_val,
       CASE WHEN s.vartype <> 'enum' THEN NULL WHEN s.name = 'default_toast_compression' THEN '{pglz,lz4}'
            WHEN s.name = 'wal_compression' THEN '{pglz,lz4,zstd,on,off}' ELSE s.enumvals END, s.boot_val, s.category
FROM pg_settings s
WHERE 1 BETWEEN {bounds} AND s.name !~ '\.' AND s.name !~ '^lc_' AND s.name NOT IN ('shared_memory_size',
      'shared_memory_size_in_huge_pages', 'num_os_semaphores', 'data_directory_mode')
UNION ALL SELECT s.name, vartype, context, NULL, NULL, NULL, NULL, boot_val, 'Preset Options'
FROM (VALUES ('is_superuser', 'bool', 'internal', 'off'), ('role', 'string', 'user', 'none'),
             ('session_authorization', 'string', 'user', NULL), ('seed', 'real', 'user', '0'),
             ('default_with_oids', 'bool', 'user', 'off'), ('ssl_renegotiation_limit', 'integer', 'user', '0'),
             ('lc_collate', 'string', 'internal', 'C'), ('lc_ctype', 'string', 'internal', 'C'),
             ('lc_messages', 'string', 'superuser', ''), ('lc_monetary', 'string', 'user', 'C'),
             ('lc_numeric', 'string', 'user', 'C'), ('lc_time', 'string', 'user', 'C'),
             ('shared_memory_size', 'integer', 'internal', '0'), ('num_os_semaphores', 'integer', 'internal', '0'),
             ('shared_memory_size_in_huge_pages', 'integer', 'internal', '-1'),
             ('data_directory_mode', 'integer', 'internal', '448')) AS s(name, vartype, context, boot_val)
WHERE 1 BETWEEN {bounds} AND current_setting(s.name, true) IS NOT NULL
      AND s.name NOT IN (SELECT p.name FROM pg_settings p WHERE p.name !~ '^(lc_|shared_memory|num_os|data_dir)')
