-- key: amopmethod amopfamily amoplefttype amoprighttype amopstrategy#
SELECT o.oid, pg_temp.am(o.amopmethod) AS amopmethod, pg_temp.opf(o.amopfamily) AS amopfamily,
       pg_temp.typ(o.amoplefttype) AS amoplefttype, pg_temp.typ(o.amoprighttype) AS amoprighttype,
       o.amopstrategy, o.amoppurpose, pg_temp.oper(o.amopopr) AS amopopr,
       pg_temp.opf(o.amopsortfamily) AS amopsortfamily
FROM pg_amop o WHERE {range o.oid}
