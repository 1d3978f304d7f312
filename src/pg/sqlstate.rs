//! SQLSTATE codes, named as PostgreSQL names their conditions (errcodes.txt).

use std::fmt;

/// A five-character SQLSTATE.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SqlState([u8; 5]);

impl SqlState {
    /// The code, if it is five digits or upper-case letters.
    pub const fn new(code: &str) -> Option<SqlState> {
        let b = code.as_bytes();
        if b.len() != 5 {
            return None;
        }
        let mut i = 0;
        while i < 5 {
            if !(b[i].is_ascii_digit() || b[i].is_ascii_uppercase()) {
                return None;
            }
            i += 1;
        }
        Some(SqlState([b[0], b[1], b[2], b[3], b[4]]))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XX000")
    }

    /// The class: the first two characters.
    pub fn class(&self) -> &str {
        &self.as_str()[..2]
    }
}

impl fmt::Display for SqlState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for SqlState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

pub const SUCCESSFUL_COMPLETION: SqlState = SqlState(*b"00000");
pub const WARNING: SqlState = SqlState(*b"01000");
pub const WARNING_PRIVILEGE_NOT_GRANTED: SqlState = SqlState(*b"01007");
pub const WARNING_PRIVILEGE_NOT_REVOKED: SqlState = SqlState(*b"01006");
pub const WARNING_DEPRECATED_FEATURE: SqlState = SqlState(*b"01P01");
pub const FEATURE_NOT_SUPPORTED: SqlState = SqlState(*b"0A000");
pub const INVALID_TRANSACTION_INITIATION: SqlState = SqlState(*b"0B000");
pub const INVALID_GRANTOR: SqlState = SqlState(*b"0L000");
pub const INVALID_GRANT_OPERATION: SqlState = SqlState(*b"0LP01");
pub const INVALID_ROLE_SPECIFICATION: SqlState = SqlState(*b"0P000");
pub const CASE_NOT_FOUND: SqlState = SqlState(*b"20000");
pub const CARDINALITY_VIOLATION: SqlState = SqlState(*b"21000");
pub const DATA_EXCEPTION: SqlState = SqlState(*b"22000");
pub const ARRAY_SUBSCRIPT_ERROR: SqlState = SqlState(*b"2202E");
pub const CHARACTER_NOT_IN_REPERTOIRE: SqlState = SqlState(*b"22021");
pub const DATETIME_FIELD_OVERFLOW: SqlState = SqlState(*b"22008");
pub const DIVISION_BY_ZERO: SqlState = SqlState(*b"22012");
pub const ERROR_IN_ASSIGNMENT: SqlState = SqlState(*b"22005");
pub const INTERVAL_FIELD_OVERFLOW: SqlState = SqlState(*b"22015");
pub const INVALID_ARGUMENT_FOR_LOGARITHM: SqlState = SqlState(*b"2201E");
pub const INVALID_DATETIME_FORMAT: SqlState = SqlState(*b"22007");
pub const INVALID_ESCAPE_CHARACTER: SqlState = SqlState(*b"22019");
pub const NONSTANDARD_USE_OF_ESCAPE_CHARACTER: SqlState = SqlState(*b"22P06");
pub const INVALID_ESCAPE_SEQUENCE: SqlState = SqlState(*b"22025");
pub const INVALID_PARAMETER_VALUE: SqlState = SqlState(*b"22023");
pub const INVALID_REGULAR_EXPRESSION: SqlState = SqlState(*b"2201B");
pub const INVALID_ROW_COUNT_IN_LIMIT_CLAUSE: SqlState = SqlState(*b"2201W");
pub const NULL_VALUE_NOT_ALLOWED: SqlState = SqlState(*b"22004");
pub const NUMERIC_VALUE_OUT_OF_RANGE: SqlState = SqlState(*b"22003");
pub const SEQUENCE_GENERATOR_LIMIT_EXCEEDED: SqlState = SqlState(*b"2200H");
pub const STRING_DATA_LENGTH_MISMATCH: SqlState = SqlState(*b"22026");
pub const STRING_DATA_RIGHT_TRUNCATION: SqlState = SqlState(*b"22001");
pub const SUBSTRING_ERROR: SqlState = SqlState(*b"22011");
pub const INVALID_TEXT_REPRESENTATION: SqlState = SqlState(*b"22P02");
pub const INVALID_BINARY_REPRESENTATION: SqlState = SqlState(*b"22P03");
pub const BAD_COPY_FILE_FORMAT: SqlState = SqlState(*b"22P04");
pub const UNTRANSLATABLE_CHARACTER: SqlState = SqlState(*b"22P05");
pub const INVALID_XML_DOCUMENT: SqlState = SqlState(*b"2200M");
pub const INVALID_XML_CONTENT: SqlState = SqlState(*b"2200N");
pub const INVALID_JSON_TEXT: SqlState = SqlState(*b"22030");
pub const INTEGRITY_CONSTRAINT_VIOLATION: SqlState = SqlState(*b"23000");
pub const NOT_NULL_VIOLATION: SqlState = SqlState(*b"23502");
pub const FOREIGN_KEY_VIOLATION: SqlState = SqlState(*b"23503");
pub const UNIQUE_VIOLATION: SqlState = SqlState(*b"23505");
pub const CHECK_VIOLATION: SqlState = SqlState(*b"23514");
pub const EXCLUSION_VIOLATION: SqlState = SqlState(*b"23P01");
pub const INVALID_CURSOR_STATE: SqlState = SqlState(*b"24000");
pub const INVALID_TRANSACTION_STATE: SqlState = SqlState(*b"25000");
pub const ACTIVE_SQL_TRANSACTION: SqlState = SqlState(*b"25001");
pub const NO_ACTIVE_SQL_TRANSACTION: SqlState = SqlState(*b"25P01");
pub const IN_FAILED_SQL_TRANSACTION: SqlState = SqlState(*b"25P02");
pub const READ_ONLY_SQL_TRANSACTION: SqlState = SqlState(*b"25006");
pub const INVALID_SQL_STATEMENT_NAME: SqlState = SqlState(*b"26000");
pub const DEPENDENT_OBJECTS_STILL_EXIST: SqlState = SqlState(*b"2BP01");
pub const INVALID_CURSOR_NAME: SqlState = SqlState(*b"34000");
pub const INVALID_CATALOG_NAME: SqlState = SqlState(*b"3D000");
pub const INVALID_SCHEMA_NAME: SqlState = SqlState(*b"3F000");
pub const SAVEPOINT_EXCEPTION: SqlState = SqlState(*b"3B000");
pub const INVALID_SAVEPOINT_SPECIFICATION: SqlState = SqlState(*b"3B001");
pub const WITH_CHECK_OPTION_VIOLATION: SqlState = SqlState(*b"44000");
pub const INSUFFICIENT_PRIVILEGE: SqlState = SqlState(*b"42501");
pub const CANNOT_COERCE: SqlState = SqlState(*b"42846");
pub const GROUPING_ERROR: SqlState = SqlState(*b"42803");
pub const WINDOWING_ERROR: SqlState = SqlState(*b"42P20");
pub const INVALID_RECURSION: SqlState = SqlState(*b"42P19");
pub const INVALID_FOREIGN_KEY: SqlState = SqlState(*b"42830");
pub const INVALID_NAME: SqlState = SqlState(*b"42602");
pub const NAME_TOO_LONG: SqlState = SqlState(*b"42622");
pub const RESERVED_NAME: SqlState = SqlState(*b"42939");
pub const DATATYPE_MISMATCH: SqlState = SqlState(*b"42804");
pub const INDETERMINATE_DATATYPE: SqlState = SqlState(*b"42P18");
pub const COLLATION_MISMATCH: SqlState = SqlState(*b"42P21");
pub const INDETERMINATE_COLLATION: SqlState = SqlState(*b"42P22");
pub const WRONG_OBJECT_TYPE: SqlState = SqlState(*b"42809");
pub const GENERATED_ALWAYS: SqlState = SqlState(*b"428C9");
pub const UNDEFINED_COLUMN: SqlState = SqlState(*b"42703");
pub const UNDEFINED_FUNCTION: SqlState = SqlState(*b"42883");
pub const UNDEFINED_TABLE: SqlState = SqlState(*b"42P01");
pub const UNDEFINED_PARAMETER: SqlState = SqlState(*b"42P02");
pub const UNDEFINED_OBJECT: SqlState = SqlState(*b"42704");
pub const DUPLICATE_COLUMN: SqlState = SqlState(*b"42701");
pub const DUPLICATE_CURSOR: SqlState = SqlState(*b"42P03");
pub const DUPLICATE_DATABASE: SqlState = SqlState(*b"42P04");
pub const DUPLICATE_FUNCTION: SqlState = SqlState(*b"42723");
pub const DUPLICATE_PREPARED_STATEMENT: SqlState = SqlState(*b"42P05");
pub const DUPLICATE_SCHEMA: SqlState = SqlState(*b"42P06");
pub const DUPLICATE_TABLE: SqlState = SqlState(*b"42P07");
pub const DUPLICATE_ALIAS: SqlState = SqlState(*b"42712");
pub const DUPLICATE_OBJECT: SqlState = SqlState(*b"42710");
pub const AMBIGUOUS_COLUMN: SqlState = SqlState(*b"42702");
pub const AMBIGUOUS_FUNCTION: SqlState = SqlState(*b"42725");
pub const AMBIGUOUS_PARAMETER: SqlState = SqlState(*b"42P08");
pub const AMBIGUOUS_ALIAS: SqlState = SqlState(*b"42P09");
pub const INVALID_COLUMN_REFERENCE: SqlState = SqlState(*b"42P10");
pub const INVALID_COLUMN_DEFINITION: SqlState = SqlState(*b"42611");
pub const INVALID_CURSOR_DEFINITION: SqlState = SqlState(*b"42P11");
pub const INVALID_DATABASE_DEFINITION: SqlState = SqlState(*b"42P12");
pub const INVALID_FUNCTION_DEFINITION: SqlState = SqlState(*b"42P13");
pub const INVALID_PREPARED_STATEMENT_DEFINITION: SqlState = SqlState(*b"42P14");
pub const INVALID_SCHEMA_DEFINITION: SqlState = SqlState(*b"42P15");
pub const INVALID_TABLE_DEFINITION: SqlState = SqlState(*b"42P16");
pub const INVALID_OBJECT_DEFINITION: SqlState = SqlState(*b"42P17");
pub const SYNTAX_ERROR: SqlState = SqlState(*b"42601");
pub const SYNTAX_ERROR_OR_ACCESS_RULE_VIOLATION: SqlState = SqlState(*b"42000");
pub const PROGRAM_LIMIT_EXCEEDED: SqlState = SqlState(*b"54000");
pub const STATEMENT_TOO_COMPLEX: SqlState = SqlState(*b"54001");
pub const TOO_MANY_COLUMNS: SqlState = SqlState(*b"54011");
pub const TOO_MANY_ARGUMENTS: SqlState = SqlState(*b"54023");
pub const OBJECT_NOT_IN_PREREQUISITE_STATE: SqlState = SqlState(*b"55000");
pub const OBJECT_IN_USE: SqlState = SqlState(*b"55006");
pub const CANT_CHANGE_RUNTIME_PARAM: SqlState = SqlState(*b"55P02");
pub const LOCK_NOT_AVAILABLE: SqlState = SqlState(*b"55P03");
pub const UNSAFE_NEW_ENUM_VALUE_USAGE: SqlState = SqlState(*b"55P04");
pub const UNDEFINED_FILE: SqlState = SqlState(*b"58P01");
pub const DUPLICATE_FILE: SqlState = SqlState(*b"58P02");
pub const CONFIG_FILE_ERROR: SqlState = SqlState(*b"F0000");
pub const FDW_ERROR: SqlState = SqlState(*b"HV000");
pub const FDW_INVALID_OPTION_NAME: SqlState = SqlState(*b"HV00D");
pub const FDW_OPTION_NAME_NOT_FOUND: SqlState = SqlState(*b"HV00J");
pub const PLPGSQL_ERROR: SqlState = SqlState(*b"P0000");
pub const RAISE_EXCEPTION: SqlState = SqlState(*b"P0001");
pub const NO_DATA_FOUND: SqlState = SqlState(*b"P0002");
pub const TOO_MANY_ROWS: SqlState = SqlState(*b"P0003");
pub const ASSERT_FAILURE: SqlState = SqlState(*b"P0004");
pub const INTERNAL_ERROR: SqlState = SqlState(*b"XX000");
pub const DATA_CORRUPTED: SqlState = SqlState(*b"XX001");
pub const DEPENDENT_PRIVILEGE_DESCRIPTORS_STILL_EXIST: SqlState = SqlState(*b"2B000");
pub const INVALID_AUTHORIZATION_SPECIFICATION: SqlState = SqlState(*b"28000");
pub const SQL_ROUTINE_EXCEPTION: SqlState = SqlState(*b"2F000");
pub const INVALID_SQL_JSON_SUBSCRIPT: SqlState = SqlState(*b"22033");
pub const INVALID_TRANSACTION_TERMINATION: SqlState = SqlState(*b"2D000");
pub const TRIGGERED_ACTION_EXCEPTION: SqlState = SqlState(*b"09000");
pub const EXTERNAL_ROUTINE_EXCEPTION: SqlState = SqlState(*b"38000");
pub const E_R_I_E_TRIGGER_PROTOCOL_VIOLATED: SqlState = SqlState(*b"39P01");
pub const E_R_I_E_EVENT_TRIGGER_PROTOCOL_VIOLATED: SqlState = SqlState(*b"39P03");
pub const QUERY_CANCELED: SqlState = SqlState(*b"57014");

/// Condition names as PL/pgSQL's EXCEPTION and RAISE spell them, sorted. A name with two codes stands twice; RAISE takes
/// the first (PostgreSQL: exception_label_map).
pub static CONDITIONS: &[(&str, SqlState)] = &[
    ("active_sql_transaction", SqlState(*b"25001")),
    ("admin_shutdown", SqlState(*b"57P01")),
    ("ambiguous_alias", SqlState(*b"42P09")),
    ("ambiguous_column", SqlState(*b"42702")),
    ("ambiguous_function", SqlState(*b"42725")),
    ("ambiguous_parameter", SqlState(*b"42P08")),
    ("array_subscript_error", SqlState(*b"2202E")),
    ("assert_failure", SqlState(*b"P0004")),
    ("bad_copy_file_format", SqlState(*b"22P04")),
    ("branch_transaction_already_active", SqlState(*b"25002")),
    ("cannot_coerce", SqlState(*b"42846")),
    ("cannot_connect_now", SqlState(*b"57P03")),
    ("cant_change_runtime_param", SqlState(*b"55P02")),
    ("cardinality_violation", SqlState(*b"21000")),
    ("case_not_found", SqlState(*b"20000")),
    ("character_not_in_repertoire", SqlState(*b"22021")),
    ("check_violation", SqlState(*b"23514")),
    ("collation_mismatch", SqlState(*b"42P21")),
    ("config_file_error", SqlState(*b"F0000")),
    ("configuration_limit_exceeded", SqlState(*b"53400")),
    ("connection_does_not_exist", SqlState(*b"08003")),
    ("connection_exception", SqlState(*b"08000")),
    ("connection_failure", SqlState(*b"08006")),
    ("containing_sql_not_permitted", SqlState(*b"38001")),
    ("crash_shutdown", SqlState(*b"57P02")),
    ("data_corrupted", SqlState(*b"XX001")),
    ("data_exception", SqlState(*b"22000")),
    ("database_dropped", SqlState(*b"57P04")),
    ("datatype_mismatch", SqlState(*b"42804")),
    ("datetime_field_overflow", SqlState(*b"22008")),
    ("deadlock_detected", SqlState(*b"40P01")),
    ("dependent_objects_still_exist", SqlState(*b"2BP01")),
    ("dependent_privilege_descriptors_still_exist", SqlState(*b"2B000")),
    ("diagnostics_exception", SqlState(*b"0Z000")),
    ("disk_full", SqlState(*b"53100")),
    ("division_by_zero", SqlState(*b"22012")),
    ("duplicate_alias", SqlState(*b"42712")),
    ("duplicate_column", SqlState(*b"42701")),
    ("duplicate_cursor", SqlState(*b"42P03")),
    ("duplicate_database", SqlState(*b"42P04")),
    ("duplicate_file", SqlState(*b"58P02")),
    ("duplicate_function", SqlState(*b"42723")),
    ("duplicate_json_object_key_value", SqlState(*b"22030")),
    ("duplicate_object", SqlState(*b"42710")),
    ("duplicate_prepared_statement", SqlState(*b"42P05")),
    ("duplicate_schema", SqlState(*b"42P06")),
    ("duplicate_table", SqlState(*b"42P07")),
    ("error_in_assignment", SqlState(*b"22005")),
    ("escape_character_conflict", SqlState(*b"2200B")),
    ("event_trigger_protocol_violated", SqlState(*b"39P03")),
    ("exclusion_violation", SqlState(*b"23P01")),
    ("external_routine_exception", SqlState(*b"38000")),
    ("external_routine_invocation_exception", SqlState(*b"39000")),
    ("fdw_column_name_not_found", SqlState(*b"HV005")),
    ("fdw_dynamic_parameter_value_needed", SqlState(*b"HV002")),
    ("fdw_error", SqlState(*b"HV000")),
    ("fdw_function_sequence_error", SqlState(*b"HV010")),
    ("fdw_inconsistent_descriptor_information", SqlState(*b"HV021")),
    ("fdw_invalid_attribute_value", SqlState(*b"HV024")),
    ("fdw_invalid_column_name", SqlState(*b"HV007")),
    ("fdw_invalid_column_number", SqlState(*b"HV008")),
    ("fdw_invalid_data_type", SqlState(*b"HV004")),
    ("fdw_invalid_data_type_descriptors", SqlState(*b"HV006")),
    ("fdw_invalid_descriptor_field_identifier", SqlState(*b"HV091")),
    ("fdw_invalid_handle", SqlState(*b"HV00B")),
    ("fdw_invalid_option_index", SqlState(*b"HV00C")),
    ("fdw_invalid_option_name", SqlState(*b"HV00D")),
    ("fdw_invalid_string_format", SqlState(*b"HV00A")),
    ("fdw_invalid_string_length_or_buffer_length", SqlState(*b"HV090")),
    ("fdw_invalid_use_of_null_pointer", SqlState(*b"HV009")),
    ("fdw_no_schemas", SqlState(*b"HV00P")),
    ("fdw_option_name_not_found", SqlState(*b"HV00J")),
    ("fdw_out_of_memory", SqlState(*b"HV001")),
    ("fdw_reply_handle", SqlState(*b"HV00K")),
    ("fdw_schema_not_found", SqlState(*b"HV00Q")),
    ("fdw_table_not_found", SqlState(*b"HV00R")),
    ("fdw_too_many_handles", SqlState(*b"HV014")),
    ("fdw_unable_to_create_execution", SqlState(*b"HV00L")),
    ("fdw_unable_to_create_reply", SqlState(*b"HV00M")),
    ("fdw_unable_to_establish_connection", SqlState(*b"HV00N")),
    ("feature_not_supported", SqlState(*b"0A000")),
    ("file_name_too_long", SqlState(*b"58P03")),
    ("floating_point_exception", SqlState(*b"22P01")),
    ("foreign_key_violation", SqlState(*b"23503")),
    ("function_executed_no_return_statement", SqlState(*b"2F005")),
    ("generated_always", SqlState(*b"428C9")),
    ("grouping_error", SqlState(*b"42803")),
    ("held_cursor_requires_same_isolation_level", SqlState(*b"25008")),
    ("idle_in_transaction_session_timeout", SqlState(*b"25P03")),
    ("idle_session_timeout", SqlState(*b"57P05")),
    ("in_failed_sql_transaction", SqlState(*b"25P02")),
    ("inappropriate_access_mode_for_branch_transaction", SqlState(*b"25003")),
    ("inappropriate_isolation_level_for_branch_transaction", SqlState(*b"25004")),
    ("indeterminate_collation", SqlState(*b"42P22")),
    ("indeterminate_datatype", SqlState(*b"42P18")),
    ("index_corrupted", SqlState(*b"XX002")),
    ("indicator_overflow", SqlState(*b"22022")),
    ("insufficient_privilege", SqlState(*b"42501")),
    ("insufficient_resources", SqlState(*b"53000")),
    ("integrity_constraint_violation", SqlState(*b"23000")),
    ("internal_error", SqlState(*b"XX000")),
    ("interval_field_overflow", SqlState(*b"22015")),
    ("invalid_argument_for_logarithm", SqlState(*b"2201E")),
    ("invalid_argument_for_nth_value_function", SqlState(*b"22016")),
    ("invalid_argument_for_ntile_function", SqlState(*b"22014")),
    ("invalid_argument_for_power_function", SqlState(*b"2201F")),
    ("invalid_argument_for_sql_json_datetime_function", SqlState(*b"22031")),
    ("invalid_argument_for_width_bucket_function", SqlState(*b"2201G")),
    ("invalid_argument_for_xquery", SqlState(*b"10608")),
    ("invalid_authorization_specification", SqlState(*b"28000")),
    ("invalid_binary_representation", SqlState(*b"22P03")),
    ("invalid_catalog_name", SqlState(*b"3D000")),
    ("invalid_character_value_for_cast", SqlState(*b"22018")),
    ("invalid_column_definition", SqlState(*b"42611")),
    ("invalid_column_reference", SqlState(*b"42P10")),
    ("invalid_cursor_definition", SqlState(*b"42P11")),
    ("invalid_cursor_name", SqlState(*b"34000")),
    ("invalid_cursor_state", SqlState(*b"24000")),
    ("invalid_database_definition", SqlState(*b"42P12")),
    ("invalid_datetime_format", SqlState(*b"22007")),
    ("invalid_escape_character", SqlState(*b"22019")),
    ("invalid_escape_octet", SqlState(*b"2200D")),
    ("invalid_escape_sequence", SqlState(*b"22025")),
    ("invalid_foreign_key", SqlState(*b"42830")),
    ("invalid_function_definition", SqlState(*b"42P13")),
    ("invalid_grant_operation", SqlState(*b"0LP01")),
    ("invalid_grantor", SqlState(*b"0L000")),
    ("invalid_indicator_parameter_value", SqlState(*b"22010")),
    ("invalid_json_text", SqlState(*b"22032")),
    ("invalid_locator_specification", SqlState(*b"0F001")),
    ("invalid_name", SqlState(*b"42602")),
    ("invalid_object_definition", SqlState(*b"42P17")),
    ("invalid_parameter_value", SqlState(*b"22023")),
    ("invalid_password", SqlState(*b"28P01")),
    ("invalid_preceding_or_following_size", SqlState(*b"22013")),
    ("invalid_prepared_statement_definition", SqlState(*b"42P14")),
    ("invalid_recursion", SqlState(*b"42P19")),
    ("invalid_regular_expression", SqlState(*b"2201B")),
    ("invalid_role_specification", SqlState(*b"0P000")),
    ("invalid_row_count_in_limit_clause", SqlState(*b"2201W")),
    ("invalid_row_count_in_result_offset_clause", SqlState(*b"2201X")),
    ("invalid_savepoint_specification", SqlState(*b"3B001")),
    ("invalid_schema_definition", SqlState(*b"42P15")),
    ("invalid_schema_name", SqlState(*b"3F000")),
    ("invalid_sql_json_subscript", SqlState(*b"22033")),
    ("invalid_sql_statement_name", SqlState(*b"26000")),
    ("invalid_sqlstate_returned", SqlState(*b"39001")),
    ("invalid_table_definition", SqlState(*b"42P16")),
    ("invalid_tablesample_argument", SqlState(*b"2202H")),
    ("invalid_tablesample_repeat", SqlState(*b"2202G")),
    ("invalid_text_representation", SqlState(*b"22P02")),
    ("invalid_time_zone_displacement_value", SqlState(*b"22009")),
    ("invalid_transaction_initiation", SqlState(*b"0B000")),
    ("invalid_transaction_state", SqlState(*b"25000")),
    ("invalid_transaction_termination", SqlState(*b"2D000")),
    ("invalid_use_of_escape_character", SqlState(*b"2200C")),
    ("invalid_xml_comment", SqlState(*b"2200S")),
    ("invalid_xml_content", SqlState(*b"2200N")),
    ("invalid_xml_document", SqlState(*b"2200M")),
    ("invalid_xml_processing_instruction", SqlState(*b"2200T")),
    ("io_error", SqlState(*b"58030")),
    ("locator_exception", SqlState(*b"0F000")),
    ("lock_file_exists", SqlState(*b"F0001")),
    ("lock_not_available", SqlState(*b"55P03")),
    ("modifying_sql_data_not_permitted", SqlState(*b"2F002")),
    ("modifying_sql_data_not_permitted", SqlState(*b"38002")),
    ("more_than_one_sql_json_item", SqlState(*b"22034")),
    ("most_specific_type_mismatch", SqlState(*b"2200G")),
    ("name_too_long", SqlState(*b"42622")),
    ("no_active_sql_transaction", SqlState(*b"25P01")),
    ("no_active_sql_transaction_for_branch_transaction", SqlState(*b"25005")),
    ("no_data_found", SqlState(*b"P0002")),
    ("no_sql_json_item", SqlState(*b"22035")),
    ("non_numeric_sql_json_item", SqlState(*b"22036")),
    ("non_unique_keys_in_a_json_object", SqlState(*b"22037")),
    ("nonstandard_use_of_escape_character", SqlState(*b"22P06")),
    ("not_an_xml_document", SqlState(*b"2200L")),
    ("not_null_violation", SqlState(*b"23502")),
    ("null_value_no_indicator_parameter", SqlState(*b"22002")),
    ("null_value_not_allowed", SqlState(*b"22004")),
    ("null_value_not_allowed", SqlState(*b"39004")),
    ("numeric_value_out_of_range", SqlState(*b"22003")),
    ("object_in_use", SqlState(*b"55006")),
    ("object_not_in_prerequisite_state", SqlState(*b"55000")),
    ("operator_intervention", SqlState(*b"57000")),
    ("out_of_memory", SqlState(*b"53200")),
    ("plpgsql_error", SqlState(*b"P0000")),
    ("program_limit_exceeded", SqlState(*b"54000")),
    ("prohibited_sql_statement_attempted", SqlState(*b"2F003")),
    ("prohibited_sql_statement_attempted", SqlState(*b"38003")),
    ("protocol_violation", SqlState(*b"08P01")),
    ("query_canceled", SqlState(*b"57014")),
    ("raise_exception", SqlState(*b"P0001")),
    ("read_only_sql_transaction", SqlState(*b"25006")),
    ("reading_sql_data_not_permitted", SqlState(*b"2F004")),
    ("reading_sql_data_not_permitted", SqlState(*b"38004")),
    ("reserved_name", SqlState(*b"42939")),
    ("restrict_violation", SqlState(*b"23001")),
    ("savepoint_exception", SqlState(*b"3B000")),
    ("schema_and_data_statement_mixing_not_supported", SqlState(*b"25007")),
    ("sequence_generator_limit_exceeded", SqlState(*b"2200H")),
    ("serialization_failure", SqlState(*b"40001")),
    ("singleton_sql_json_item_required", SqlState(*b"22038")),
    ("sql_json_array_not_found", SqlState(*b"22039")),
    ("sql_json_item_cannot_be_cast_to_target_type", SqlState(*b"2203G")),
    ("sql_json_member_not_found", SqlState(*b"2203A")),
    ("sql_json_number_not_found", SqlState(*b"2203B")),
    ("sql_json_object_not_found", SqlState(*b"2203C")),
    ("sql_json_scalar_required", SqlState(*b"2203F")),
    ("sql_routine_exception", SqlState(*b"2F000")),
    ("sql_statement_not_yet_complete", SqlState(*b"03000")),
    ("sqlclient_unable_to_establish_sqlconnection", SqlState(*b"08001")),
    ("sqlserver_rejected_establishment_of_sqlconnection", SqlState(*b"08004")),
    ("srf_protocol_violated", SqlState(*b"39P02")),
    ("stacked_diagnostics_accessed_without_active_handler", SqlState(*b"0Z002")),
    ("statement_completion_unknown", SqlState(*b"40003")),
    ("statement_too_complex", SqlState(*b"54001")),
    ("string_data_length_mismatch", SqlState(*b"22026")),
    ("string_data_right_truncation", SqlState(*b"22001")),
    ("string_data_right_truncation", SqlState(*b"01004")),
    ("substring_error", SqlState(*b"22011")),
    ("syntax_error", SqlState(*b"42601")),
    ("syntax_error_or_access_rule_violation", SqlState(*b"42000")),
    ("system_error", SqlState(*b"58000")),
    ("too_many_arguments", SqlState(*b"54023")),
    ("too_many_columns", SqlState(*b"54011")),
    ("too_many_connections", SqlState(*b"53300")),
    ("too_many_json_array_elements", SqlState(*b"2203D")),
    ("too_many_json_object_members", SqlState(*b"2203E")),
    ("too_many_rows", SqlState(*b"P0003")),
    ("transaction_integrity_constraint_violation", SqlState(*b"40002")),
    ("transaction_resolution_unknown", SqlState(*b"08007")),
    ("transaction_rollback", SqlState(*b"40000")),
    ("transaction_timeout", SqlState(*b"25P04")),
    ("trigger_protocol_violated", SqlState(*b"39P01")),
    ("triggered_action_exception", SqlState(*b"09000")),
    ("triggered_data_change_violation", SqlState(*b"27000")),
    ("trim_error", SqlState(*b"22027")),
    ("undefined_column", SqlState(*b"42703")),
    ("undefined_file", SqlState(*b"58P01")),
    ("undefined_function", SqlState(*b"42883")),
    ("undefined_object", SqlState(*b"42704")),
    ("undefined_parameter", SqlState(*b"42P02")),
    ("undefined_table", SqlState(*b"42P01")),
    ("unique_violation", SqlState(*b"23505")),
    ("unsafe_new_enum_value_usage", SqlState(*b"55P04")),
    ("unterminated_c_string", SqlState(*b"22024")),
    ("untranslatable_character", SqlState(*b"22P05")),
    ("windowing_error", SqlState(*b"42P20")),
    ("with_check_option_violation", SqlState(*b"44000")),
    ("wrong_object_type", SqlState(*b"42809")),
    ("zero_length_character_string", SqlState(*b"2200F")),
];
