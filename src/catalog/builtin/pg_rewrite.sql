-- key: ev_class rulename
SELECT r.oid, pg_temp.rel(r.ev_class) AS ev_class, r.rulename, r.ev_type, r.is_instead,
       CASE WHEN r.rulename = '_RETURN' THEN pg_get_viewdef(r.ev_class) ELSE pg_get_ruledef(r.oid) END AS definition
FROM pg_rewrite r WHERE {range r.oid}
