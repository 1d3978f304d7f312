-- Conditions that are rarely named, names that are none, and a message in two pieces.
DO $$ BEGIN NULL; EXCEPTION WHEN serialization_failure OR deadlock_detected OR statement_completion_unknown THEN NULL; END $$;
DO $$ BEGIN NULL; EXCEPTION WHEN fdw_table_not_found OR config_file_error OR io_error OR disk_full THEN NULL; END $$;
DO $$ BEGIN NULL; EXCEPTION WHEN trigger_protocol_violated OR data_corrupted OR null_value_no_indicator_parameter THEN NULL; END $$;
DO $$ BEGIN NULL; EXCEPTION WHEN undefined_schema THEN NULL; END $$;
DO $$ BEGIN NULL; EXCEPTION WHEN successful_completion THEN NULL; END $$;
DO $$ BEGIN NULL; EXCEPTION WHEN warning_deprecated_feature THEN NULL; END $$;
DO $$ BEGIN RAISE string_data_right_truncation; EXCEPTION WHEN string_data_right_truncation THEN RAISE NOTICE '%', SQLSTATE; END $$;
DO $$ BEGIN RAISE SQLSTATE '38002'; EXCEPTION WHEN modifying_sql_data_not_permitted THEN NULL; END $$;
DO $$ BEGIN RAISE lock_not_available; END $$;
DO $$ BEGIN
  RAISE NOTICE 'one of % '  -- it's not over
    'and the other', 2;
END $$;
DO $$ BEGIN RAISE NOTICE 'one' 'other'; END $$;
