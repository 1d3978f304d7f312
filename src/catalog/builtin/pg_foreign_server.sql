-- key: srvname
SELECT s.oid, s.srvname, f.fdwname AS srvfdw, s.srvtype, s.srvversion, s.srvoptions
FROM pg_foreign_server s JOIN pg_foreign_data_wrapper f ON f.oid = s.srvfdw WHERE {range s.oid}
