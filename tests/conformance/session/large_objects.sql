-- Large objects as pg_dump restores them, and what is refused of missing ones.
SELECT pg_catalog.lo_create('4711');
--= ok
ALTER LARGE OBJECT 4711 OWNER TO CURRENT_USER;
--= ok
COMMENT ON LARGE OBJECT 4711 IS 'a picture';
--= ok
GRANT SELECT ON LARGE OBJECT 4711 TO public;
--= ok
SELECT lo_create(4711);
--= 23505 duplicate key value violates unique constraint "pg_largeobject_metadata_oid_index"
SELECT lo_from_bytea(4711, 'x');
--= 23505 duplicate key value violates unique constraint "pg_largeobject_metadata_oid_index"
SELECT lo_put(4711, 0, 'x');
--= ok
SELECT lo_open(4711, 131072);
--= ok
SELECT lo_unlink(4711);
--= ok
SELECT lo_unlink(4711);
--= 42704 large object 4711 does not exist
SELECT lo_get(4711);
--= 42704 large object 4711 does not exist
SELECT lo_get(4711, 0, 10);
--= 42704 large object 4711 does not exist
SELECT lo_put(4711, 0, 'x');
--= 42704 large object 4711 does not exist
SELECT lo_open(4711, 262144);
--= 42704 large object 4711 does not exist
COMMENT ON LARGE OBJECT 4711 IS 'gone';
--= 42704 large object 4711 does not exist
ALTER LARGE OBJECT 4711 OWNER TO CURRENT_USER;
--= 42704 large object 4711 does not exist
GRANT SELECT ON LARGE OBJECT 4711 TO public;
--= 42704 large object 4711 does not exist
SELECT lo_unlink(NULL);
--= ok
SELECT lo_from_bytea(0, 'x') > 0;
--= ok
DO $$ BEGIN PERFORM lo_create(4712); END $$;
--= ok
COMMENT ON LARGE OBJECT 4712 IS 'made in a block';
--= ok
DO $$ BEGIN PERFORM lo_unlink(4713); EXCEPTION WHEN undefined_object THEN PERFORM lo_create(4713); END $$;
--= ok
SELECT lo_unlink(4713);
--= ok
BEGIN;
--= ok
SELECT lo_unlink(4712);
--= ok
ROLLBACK;
--= ok
SELECT lo_unlink(4712);
--= ok
