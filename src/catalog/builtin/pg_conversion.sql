-- key: conname
SELECT c.oid, c.conname, c.conforencoding,
       c.contoencoding, pg_temp.proc(c.conproc) AS conproc, c.condefault
FROM pg_conversion c WHERE {range c.oid}
