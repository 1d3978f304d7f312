-- key: evtname
SELECT e.oid, e.evtname, e.evtevent, pg_temp.proc(e.evtfoid) AS evtfoid, e.evtenabled, e.evttags
FROM pg_event_trigger e WHERE {range e.oid}
