-- key: fdwname
SELECT f.oid, f.fdwname, pg_temp.proc(f.fdwhandler) AS fdwhandler, pg_temp.proc(f.fdwvalidator) AS fdwvalidator,
       f.fdwoptions
FROM pg_foreign_data_wrapper f WHERE {range f.oid}
