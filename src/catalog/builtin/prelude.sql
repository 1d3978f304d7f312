-- Names for oids: what a reference to another catalog's row is written as. "-" is no reference.
-- A name in pg_catalog is bare; any other is qualified.
SET search_path = pg_catalog, pg_temp;
CREATE FUNCTION pg_temp.nsp(oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE nspname WHEN 'pg_catalog' THEN '' ELSE nspname || '.' END FROM pg_namespace WHERE oid = $1 $$;
CREATE FUNCTION pg_temp.typ(oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT pg_temp.nsp(typnamespace) || typname FROM pg_type WHERE oid = $1), '-') $$;
CREATE FUNCTION pg_temp.typs(oid[]) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT string_agg(pg_temp.typ(o), ' ' ORDER BY n) FROM unnest($1) WITH ORDINALITY AS u(o, n)), '')
  WHERE $1 IS NOT NULL $$;
CREATE FUNCTION pg_temp.proc(oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT pg_temp.nsp(pronamespace) || proname || '(' || pg_temp.typs(proargtypes::oid[]) || ')'
                   FROM pg_proc WHERE oid = $1), '-') $$;
CREATE FUNCTION pg_temp.oper(oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT pg_temp.nsp(oprnamespace) || oprname || '(' || pg_temp.typ(oprleft) || ' '
                          || pg_temp.typ(oprright) || ')' FROM pg_operator WHERE oid = $1), '-') $$;
CREATE FUNCTION pg_temp.coll(oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT pg_temp.nsp(collnamespace) || collname FROM pg_collation WHERE oid = $1), '-') $$;
CREATE FUNCTION pg_temp.rel(oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT pg_temp.nsp(relnamespace) || relname FROM pg_class WHERE oid = $1), '-') $$;
CREATE FUNCTION pg_temp.am(oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT amname::text FROM pg_am WHERE oid = $1), '-') $$;
CREATE FUNCTION pg_temp.opc(oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT pg_temp.nsp(opcnamespace) || opcname FROM pg_opclass WHERE oid = $1), '-') $$;
CREATE FUNCTION pg_temp.opf(oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT pg_temp.nsp(opfnamespace) || opfname FROM pg_opfamily WHERE oid = $1), '-') $$;
CREATE FUNCTION pg_temp.usr(oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT rolname::text FROM pg_roles WHERE oid = $1), '-') $$;
CREATE FUNCTION pg_temp.lang(oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT lanname::text FROM pg_language WHERE oid = $1), '-') $$;
CREATE FUNCTION pg_temp.names(text[]) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT array_to_string($1, ' ', '-') $$;
