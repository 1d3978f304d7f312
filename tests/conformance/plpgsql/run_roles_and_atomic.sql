CREATE TABLE acct (id int PRIMARY KEY, owner text, bal numeric(10,2) DEFAULT 0);
--= ok
CREATE FUNCTION atomic_add(a int, b int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a + b; END;
--= [-13] 42601 @67 syntax error at or near "BEGIN"
--= [14-] ok
DO $$ BEGIN RAISE EXCEPTION '%', atomic_add(2, 3); END $$;
--= [-13] 42883 function atomic_add(integer, integer) does not exist
--= [14-] P0001 5
CREATE FUNCTION atomic_ins(i int, o text) RETURNS int LANGUAGE sql BEGIN ATOMIC INSERT INTO acct (id, owner) VALUES (i, o); SELECT count(*)::int FROM acct; END;
--= [-13] 42601 @68 syntax error at or near "BEGIN"
--= [14-] ok
DO $$ BEGIN RAISE NOTICE '%', atomic_ins(1, 'x'); RAISE EXCEPTION '%', atomic_ins(2, 'y'); END $$;
--= [-13] 42883 function atomic_ins(integer, unknown) does not exist
--= [14-] P0001 2
CREATE PROCEDURE atomic_p(i int) LANGUAGE sql BEGIN ATOMIC UPDATE acct SET bal = bal + 10 WHERE id = i; END;
--= [-13] 42601 @47 syntax error at or near "BEGIN"
--= [14-] ok
CALL atomic_p(1);
--= [-13] 42883 @6 procedure atomic_p(integer) does not exist
--= [14-] ok
DO $$ DECLARE n numeric; BEGIN SELECT bal INTO n FROM acct WHERE id = 1; RAISE EXCEPTION '%', n; END $$;
--= P0001 <NULL>
CREATE FUNCTION atomic_ret() RETURNS TABLE (i int, o text) LANGUAGE sql RETURN NULL;
--= [-13] 42601 @73 syntax error at or near "RETURN"
--= [14-] 42P13 return type mismatch in function declared to return record
CREATE FUNCTION atomic_rt() RETURNS SETOF acct LANGUAGE sql BEGIN ATOMIC SELECT * FROM acct ORDER BY id; END;
--= [-13] 42601 @61 syntax error at or near "BEGIN"
--= [14-] ok
DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM atomic_rt() LOOP RAISE NOTICE '% %', r.id, r.owner; END LOOP; END $$;
--= [-13] 42883 function atomic_rt() does not exist
--= [14-] ok
CREATE ROLE pgreckon_d;
--= ok
DO $$ BEGIN SET ROLE pgreckon_d; RAISE NOTICE '%', current_user; RESET ROLE; RAISE NOTICE '%', current_user; END $$;
--= ok
DO $$ BEGIN SET LOCAL ROLE pgreckon_d; PERFORM 1 FROM acct; END $$;
--= 42501 permission denied for table acct
DO $$ BEGIN SET ROLE nosuchrole; END $$;
--= 22023 role "nosuchrole" does not exist
CREATE FUNCTION secdef() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN SET ROLE pgreckon_d; END $$;
--= ok
SELECT secdef();
--= 42501 cannot set parameter "role" within security-definer function
DO $$ BEGIN EXECUTE format('SET LOCAL ROLE %I', 'pgreckon_d'); RAISE NOTICE '% %', current_user, session_user; END $$;
--= ok
DO $$ BEGIN RAISE EXCEPTION '%', current_user = session_user; END $$;
--= P0001 t
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'pgreckon_d') THEN CREATE ROLE pgreckon_d LOGIN; ELSE RAISE NOTICE 'role exists'; END IF; END $$;
--= ok
DO $$ BEGIN CREATE ROLE pgreckon_d; EXCEPTION WHEN duplicate_object THEN RAISE NOTICE '%, skipping', SQLERRM USING ERRCODE = SQLSTATE; END $$;
--= ok
DROP ROLE pgreckon_d;
--= ok
