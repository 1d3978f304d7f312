-- Publications, subscriptions, statistics.
CREATE ROLE pgreckon_c SUPERUSER;
CREATE SCHEMA s;
CREATE TABLE t (a int PRIMARY KEY, b int, c text);
CREATE TABLE s.u (a int, b int);
CREATE PUBLICATION p_all FOR ALL TABLES;
CREATE PUBLICATION p_one FOR TABLE t, s.u;
CREATE PUBLICATION p_some FOR TABLE ONLY t WITH (publish = 'insert, delete', publish_via_partition_root = true);
CREATE PUBLICATION "Odd Pub" WITH (publish = '');
COMMENT ON PUBLICATION p_all IS 'publication';
ALTER PUBLICATION p_one OWNER TO pgreckon_c;
CREATE SUBSCRIPTION sub1 CONNECTION 'host=x dbname=y' PUBLICATION p1, "P 2" WITH (connect = false);
CREATE SUBSCRIPTION sub2 CONNECTION 'dbname=''q''' PUBLICATION p1 WITH (connect = false, slot_name = NONE, synchronous_commit = 'remote_apply');
CREATE SUBSCRIPTION sub3 CONNECTION '' PUBLICATION p WITH (connect = false, slot_name = 'other', create_slot = false);
COMMENT ON SUBSCRIPTION sub1 IS 'subscription';
ALTER SUBSCRIPTION sub3 OWNER TO pgreckon_c;
CREATE STATISTICS st1 ON a, b FROM t;
CREATE STATISTICS st2 (ndistinct) ON a, b, c FROM t;
CREATE STATISTICS s.st3 (dependencies, mcv) ON a, b FROM s.u;
ALTER STATISTICS st1 SET STATISTICS 50;
COMMENT ON STATISTICS st1 IS 'statistics';
ALTER STATISTICS st2 OWNER TO pgreckon_c;
--[14-]
CREATE STATISTICS st4 ON (a + b), c FROM t;
CREATE STATISTICS st5 ON (lower(c)) FROM t;
CREATE STATISTICS st6 (mcv) ON (a % 2), (b * 2), (coalesce(c, '')), (c || 'x'), (c COLLATE "C"), (a::text), a FROM t;
CREATE SUBSCRIPTION sub4 CONNECTION 'dbname=z' PUBLICATION p WITH (connect = false, slot_name = NONE, binary = true, streaming = true);
--[15-]
CREATE PUBLICATION p_where FOR TABLE t (a, b) WHERE (a > 10 AND c IN ('x', 'y'));
CREATE PUBLICATION p_schema FOR TABLES IN SCHEMA s, public;
CREATE PUBLICATION p_mixed FOR TABLE t, TABLES IN SCHEMA s;
CREATE SUBSCRIPTION sub5 CONNECTION 'dbname=z' PUBLICATION p WITH (connect = false, slot_name = NONE, two_phase = true, disable_on_error = true);
--[16-]
CREATE SUBSCRIPTION sub6 CONNECTION 'dbname=z' PUBLICATION p WITH (connect = false, slot_name = NONE, streaming = parallel, origin = none, password_required = false, run_as_owner = true);
--[17-]
CREATE SUBSCRIPTION sub7 CONNECTION 'dbname=z' PUBLICATION p WITH (connect = false, slot_name = NONE, failover = true);
--[18-]
CREATE PUBLICATION p_gen FOR TABLE t WITH (publish_generated_columns = stored);
--[]
