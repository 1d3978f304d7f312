-- key: ammethod amprocfamily amproclefttype amprocrighttype amprocnum#
SELECT o.oid, pg_temp.am(f.opfmethod) AS ammethod, pg_temp.opf(o.amprocfamily) AS amprocfamily,
       pg_temp.typ(o.amproclefttype) AS amproclefttype, pg_temp.typ(o.amprocrighttype) AS amprocrighttype,
       o.amprocnum, pg_temp.proc(o.amproc) AS amproc
FROM pg_amproc o JOIN pg_opfamily f ON f.oid = o.amprocfamily WHERE {range o.oid}
