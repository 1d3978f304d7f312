-- Subscriptions that are made without a publisher: options by command, publications, connection strings, roles.
CREATE SUBSCRIPTION s CONNECTION 'nonsense' PUBLICATION p;
--= 42601 invalid connection string syntax: missing "=" after "nonsense" in connection info string\n
CREATE SUBSCRIPTION s CONNECTION 'dbname=''x' PUBLICATION p WITH (connect = false);
--= 42601 invalid connection string syntax: unterminated quoted string in connection info string\n
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p, p WITH (connect = false);
--= [-13] 42601 publication name "p" used more than once
--= [14-] 42710 publication name "p" used more than once
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, refresh = false);
--= 42601 unrecognized subscription parameter: "refresh"
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = maybe);
--= 42601 connect requires a Boolean value
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, binary = foo);
--= [-13] 42601 unrecognized subscription parameter: "binary"
--= [14-] 42601 binary requires a Boolean value
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, streaming = foo);
--= [-13] 42601 unrecognized subscription parameter: "streaming"
--= [14-15] 42601 streaming requires a Boolean value
--= [16-] 42601 streaming requires a Boolean value or "parallel"
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, two_phase = foo);
--= [-14] 42601 unrecognized subscription parameter: "two_phase"
--= [15-] 42601 two_phase requires a Boolean value
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, disable_on_error = foo);
--= [-14] 42601 unrecognized subscription parameter: "disable_on_error"
--= [15-] 42601 disable_on_error requires a Boolean value
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, origin = foo);
--= [-15] 42601 unrecognized subscription parameter: "origin"
--= [16-] 22023 unrecognized origin value: "foo"
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, synchronous_commit = foo);
--= 22023 invalid value for parameter "synchronous_commit": "foo"
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = '');
--= 42602 replication slot name "" is too short
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = 'Big');
--= 42602 replication slot name "Big" contains invalid character
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, connect = false);
--= [-14] 42601 conflicting or redundant options
--= [15-] 42601 @82 conflicting or redundant options
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, copy_data = true);
--= 42601 connect = false and copy_data = true are mutually exclusive options
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE);
--= ok
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
--= 42710 subscription "s" already exists
ALTER SUBSCRIPTION s SET (slot_name = '');
--= 42602 replication slot name "" is too short
ALTER SUBSCRIPTION s SET (create_slot = false);
--= 42601 unrecognized subscription parameter: "create_slot"
ALTER SUBSCRIPTION s SET (synchronous_commit = local);
--= ok
ALTER SUBSCRIPTION s SET (enabled = true);
--= 42601 unrecognized subscription parameter: "enabled"
ALTER SUBSCRIPTION s CONNECTION 'nonsense';
--= 42601 invalid connection string syntax: missing "=" after "nonsense" in connection info string\n
ALTER SUBSCRIPTION s CONNECTION 'dbname = y host=''a b''';
--= ok
ALTER SUBSCRIPTION s SKIP (lsn = '0/12345');
--= [-14] 42601 @22 syntax error at or near "SKIP"
--= [15-] ok
ALTER SUBSCRIPTION s SKIP (lsn = NONE);
--= [-14] 42601 @22 syntax error at or near "SKIP"
--= [15-] ok
ALTER SUBSCRIPTION s SKIP (lsn = '0/0');
--= [-14] 42601 @22 syntax error at or near "SKIP"
--= [15-] 22023 invalid WAL location (LSN): 0/0
ALTER SUBSCRIPTION s ADD PUBLICATION q WITH (refresh = false);
--= [-13] 42601 @22 syntax error at or near "ADD"
--= [14-] ok
ALTER SUBSCRIPTION s ADD PUBLICATION q WITH (refresh = false);
--= [-13] 42601 @22 syntax error at or near "ADD"
--= [14-] 42710 publication "q" is already in subscription "s"
ALTER SUBSCRIPTION s ADD PUBLICATION r, r WITH (refresh = false);
--= [-13] 42601 @22 syntax error at or near "ADD"
--= [14-] 42710 publication name "r" used more than once
ALTER SUBSCRIPTION s DROP PUBLICATION x WITH (refresh = false);
--= [-13] 42601 @22 syntax error at or near "DROP"
--= [14-] 42P17 publication "x" is not in subscription "s"
ALTER SUBSCRIPTION s DROP PUBLICATION p, q WITH (refresh = false);
--= [-13] 42601 @22 syntax error at or near "DROP"
--= [14-] 42P17 cannot drop all the publications from a subscription
ALTER SUBSCRIPTION s DROP PUBLICATION q WITH (refresh = false);
--= [-13] 42601 @22 syntax error at or near "DROP"
--= [14-] ok
ALTER SUBSCRIPTION s DROP PUBLICATION p WITH (copy_data = false);
--= [-13] 42601 @22 syntax error at or near "DROP"
--= [14-] 42P17 cannot drop all the publications from a subscription
ALTER SUBSCRIPTION s SET PUBLICATION a, b;
--= [-13] 42601 ALTER SUBSCRIPTION with refresh is not allowed for disabled subscriptions
--= [14-] 55000 ALTER SUBSCRIPTION with refresh is not allowed for disabled subscriptions
ALTER SUBSCRIPTION s SET PUBLICATION a, b WITH (refresh = false);
--= ok
ALTER SUBSCRIPTION s REFRESH PUBLICATION;
--= [-13] 42601 ALTER SUBSCRIPTION ... REFRESH is not allowed for disabled subscriptions
--= [14-] 55000 ALTER SUBSCRIPTION ... REFRESH is not allowed for disabled subscriptions
ALTER SUBSCRIPTION s ENABLE;
--= [-13] 42601 cannot enable subscription that does not have a slot name
--= [14-] 55000 cannot enable subscription that does not have a slot name
ALTER SUBSCRIPTION s SET (slot_name = NONE);
--= ok
BEGIN;
--= ok
ALTER SUBSCRIPTION s REFRESH PUBLICATION;
--= [-13] 42601 ALTER SUBSCRIPTION ... REFRESH is not allowed for disabled subscriptions
--= [14-] 55000 ALTER SUBSCRIPTION ... REFRESH is not allowed for disabled subscriptions
ROLLBACK;
--= ok
BEGIN;
--= ok
ALTER SUBSCRIPTION s SET PUBLICATION c;
--= [-13] 42601 ALTER SUBSCRIPTION with refresh is not allowed for disabled subscriptions
--= [14-] 55000 ALTER SUBSCRIPTION with refresh is not allowed for disabled subscriptions
ROLLBACK;
--= ok
ALTER SUBSCRIPTION s DISABLE;
--= ok
ALTER SUBSCRIPTION s SET (slot_name = NONE);
--= ok
ALTER SUBSCRIPTION s ENABLE;
--= [-13] 42601 cannot enable subscription that does not have a slot name
--= [14-] 55000 cannot enable subscription that does not have a slot name
DROP SUBSCRIPTION s;
--= ok
CREATE ROLE pgreckon_d;
--= ok
SET ROLE pgreckon_d;
--= ok
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
--= [-15] 42501 must be superuser to create subscriptions
--= [16-] 42501 permission denied to create subscription
RESET ROLE;
--= ok
DROP ROLE pgreckon_d;
--= ok
