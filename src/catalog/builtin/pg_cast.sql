-- key: castsource casttarget
SELECT c.oid, pg_temp.typ(c.castsource) AS castsource, pg_temp.typ(c.casttarget) AS casttarget,
       pg_temp.proc(c.castfunc) AS castfunc, c.castcontext, c.castmethod
FROM pg_cast c WHERE {range c.oid}
