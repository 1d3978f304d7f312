-- key: namespace proname proargtypes
SELECT p.oid, n.nspname AS namespace, p.proname, pg_temp.typs(p.proargtypes::oid[]) AS proargtypes,
       pg_temp.typ(p.prorettype) AS prorettype, p.prokind, p.proretset, p.provolatile, p.proisstrict,
       p.prosecdef, p.proleakproof, p.proparallel, pg_temp.lang(p.prolang) AS prolang,
       p.procost::text, p.prorows::text, pg_temp.typ(p.provariadic) AS provariadic,
       pg_temp.proc(p.prosupport) AS prosupport, p.pronargdefaults,
       CASE WHEN p.pronargdefaults > 0 THEN
         (SELECT array_agg(d ORDER BY i)
          FROM (SELECT i, pg_get_function_arg_default(p.oid, i) AS d
                FROM generate_series(1, coalesce(array_length(p.proallargtypes, 1), p.pronargs)) AS i) AS every
          WHERE d IS NOT NULL) END AS proargdefaults,
       pg_temp.typs(p.proallargtypes) AS proallargtypes,
       array_to_string(p.proargmodes, '') AS proargmodes, p.proargnames,
       CASE WHEN p.prosrc = p.proname THEN '=' ELSE p.prosrc END AS prosrc, p.probin,
       NULL AS prosqlbody,                                                --[-13]
       pg_get_function_sqlbody(p.oid) AS prosqlbody,                      --[14-]
       p.proconfig, p.proacl
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE {range p.oid} AND n.nspname !~ '^pg_t(oast|emp)'
