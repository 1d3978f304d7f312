-- What the extension timescaledb defines, as far as migrations call it.
CREATE SCHEMA _timescaledb_internal;
CREATE FUNCTION create_hypertable(relation regclass, time_column_name name, partitioning_column name DEFAULT NULL,
    number_partitions integer DEFAULT NULL, associated_schema_name name DEFAULT NULL,
    associated_table_prefix name DEFAULT NULL, chunk_time_interval anyelement DEFAULT NULL::bigint,
    create_default_indexes boolean DEFAULT true, if_not_exists boolean DEFAULT false,
    partitioning_func regproc DEFAULT NULL, migrate_data boolean DEFAULT false, chunk_target_size text DEFAULT NULL,
    chunk_sizing_func regproc DEFAULT NULL, time_partitioning_func regproc DEFAULT NULL,
    OUT hypertable_id integer, OUT schema_name name, OUT table_name name, OUT created boolean) RETURNS SETOF record
    LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE FUNCTION set_chunk_time_interval(hypertable regclass, chunk_time_interval anyelement,
    dimension_name name DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE FUNCTION add_retention_policy(relation regclass, drop_after "any", if_not_exists boolean DEFAULT false,
    schedule_interval interval DEFAULT NULL, initial_start timestamptz DEFAULT NULL, timezone text DEFAULT NULL)
    RETURNS integer LANGUAGE internal AS 'int4pl';
CREATE FUNCTION remove_retention_policy(relation regclass, if_exists boolean DEFAULT false) RETURNS void
    LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE FUNCTION time_bucket(bucket_width interval, ts timestamp) RETURNS timestamp LANGUAGE plpgsql IMMUTABLE STRICT
    AS $$ BEGIN RETURN ts; END $$;
CREATE FUNCTION time_bucket(bucket_width interval, ts timestamptz) RETURNS timestamptz LANGUAGE plpgsql IMMUTABLE STRICT
    AS $$ BEGIN RETURN ts; END $$;
CREATE FUNCTION time_bucket(bucket_width interval, ts date) RETURNS date LANGUAGE plpgsql IMMUTABLE STRICT
    AS $$ BEGIN RETURN ts; END $$;
CREATE FUNCTION time_bucket(bucket_width bigint, ts bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE STRICT
    AS $$ BEGIN RETURN ts; END $$;
CREATE FUNCTION time_bucket(bucket_width integer, ts integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE STRICT
    AS $$ BEGIN RETURN ts; END $$;
