-- key: namespace cfgname
SELECT c.oid, n.nspname AS namespace, c.cfgname, p.prsname AS cfgparser
FROM pg_ts_config c JOIN pg_namespace n ON n.oid = c.cfgnamespace JOIN pg_ts_parser p ON p.oid = c.cfgparser
WHERE {range c.oid}
