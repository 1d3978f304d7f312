-- key: aggfnoid
SELECT pg_temp.proc(a.aggfnoid) AS aggfnoid, a.aggkind, a.aggnumdirectargs,
       pg_temp.proc(a.aggtransfn) AS aggtransfn, pg_temp.proc(a.aggfinalfn) AS aggfinalfn,
       pg_temp.proc(a.aggcombinefn) AS aggcombinefn, pg_temp.proc(a.aggserialfn) AS aggserialfn,
       pg_temp.proc(a.aggdeserialfn) AS aggdeserialfn, pg_temp.proc(a.aggmtransfn) AS aggmtransfn,
       pg_temp.proc(a.aggminvtransfn) AS aggminvtransfn, pg_temp.proc(a.aggmfinalfn) AS aggmfinalfn,
       a.aggfinalextra, a.aggmfinalextra, a.aggfinalmodify, a.aggmfinalmodify,
       pg_temp.oper(a.aggsortop) AS aggsortop, pg_temp.typ(a.aggtranstype) AS aggtranstype, a.aggtransspace,
       pg_temp.typ(a.aggmtranstype) AS aggmtranstype, a.aggmtransspace, a.agginitval, a.aggminitval
FROM pg_aggregate a WHERE {range a.aggfnoid}
