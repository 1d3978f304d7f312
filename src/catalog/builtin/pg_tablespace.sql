-- key: spcname
SELECT t.oid, t.spcname, pg_temp.usr(t.spcowner) AS spcowner, t.spcacl, t.spcoptions
FROM pg_tablespace t WHERE {range t.oid}
