-- key: mapcfg maptokentype#
SELECT pg_temp.nsp(c.cfgnamespace) || c.cfgname AS mapcfg, m.maptokentype,
       string_agg(pg_temp.nsp(d.dictnamespace) || d.dictname, ' ' ORDER BY m.mapseqno) AS mapdicts
FROM pg_ts_config_map m JOIN pg_ts_config c ON c.oid = m.mapcfg JOIN pg_ts_dict d ON d.oid = m.mapdict
WHERE {range m.mapcfg} GROUP BY 1, 2
