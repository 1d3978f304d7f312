-- Options of COPY that exclude one another, and where it writes.

CREATE TABLE co (a int, b text);
--= ok
COPY co TO STDOUT (FORMAT binary, HEADER);
--= [-14] 0A000 COPY HEADER available only in CSV mode
--= [15-] 0A000 cannot specify HEADER in BINARY mode
COPY co TO STDOUT (FORMAT csv, FORCE_NOT_NULL (a));
--= [-16] 0A000 COPY force not null only available using COPY FROM
--= [17-] 22023 COPY FORCE_NOT_NULL cannot be used with COPY TO
COPY co TO STDOUT (FREEZE, QUOTE 'x');
--= [-16] 0A000 COPY quote available only in CSV mode
--= [17-] 0A000 COPY QUOTE requires CSV mode
COPY co TO STDOUT (DEFAULT 'x');
--= [-15] 42601 @20 option "default" not recognized
--= [16] 0A000 COPY DEFAULT only available using COPY FROM
--= [17-] 0A000 COPY DEFAULT cannot be used with COPY TO
COPY co TO STDOUT (ESCAPE '"');
--= [-16] 0A000 COPY escape available only in CSV mode
--= [17-] 0A000 COPY ESCAPE requires CSV mode
COPY co TO 'relative';
--= 42602 relative path not allowed for COPY to file
CREATE STATISTICS cos (mcv) ON (a + 1) FROM co;
--= [-13] 0A000 only simple column references are allowed in CREATE STATISTICS
--= [14-] 0A000 when building statistics on a single expression, statistics kinds may not be specified
CREATE STATISTICS cos ON a, b FROM co, co AS co2;
--= 0A000 only a single relation is allowed in CREATE STATISTICS
CREATE STATISTICS cos ON a, b FROM (SELECT 1) AS x;
--= [-13] 0A000 only a single relation is allowed in CREATE STATISTICS
--= [14-] 0A000 CREATE STATISTICS only supports relation names in the FROM clause
VACUUM (INDEX_CLEANUP 'x') co;
--= 42601 index_cleanup requires a Boolean value
VACUUM (ONLY_DATABASE_STATS, ANALYZE);
--= [-15] 42601 @9 unrecognized VACUUM option "only_database_stats"
--= [16-] 0A000 ONLY_DATABASE_STATS cannot be specified with other VACUUM options
VACUUM (FULL, PROCESS_TOAST FALSE) co;
--= [-13] 42601 @15 unrecognized VACUUM option "process_toast"
--= [14-] 0A000 PROCESS_TOAST required with VACUUM FULL
CREATE INDEX co_hash ON co USING hash (a);
--= ok
CLUSTER co USING co_hash;
--= 0A000 cannot cluster on index "co_hash" because access method does not support clustering
CLUSTER co USING nosuch;
--= 42704 index "nosuch" for table "co" does not exist
REINDEX (CONCURRENTLY) TABLE pg_class;
--= [-13] 42601 @10 syntax error at or near "CONCURRENTLY"
--= [14-] 0A000 cannot reindex system catalogs concurrently
DROP TABLE co;
--= ok
