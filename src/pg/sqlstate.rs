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

/// Condition names as PL/pgSQL's EXCEPTION and RAISE spell them, sorted.
pub static CONDITIONS: &[(&str, SqlState)] = &[
    ("active_sql_transaction", ACTIVE_SQL_TRANSACTION),
    ("ambiguous_alias", AMBIGUOUS_ALIAS),
    ("ambiguous_column", AMBIGUOUS_COLUMN),
    ("ambiguous_function", AMBIGUOUS_FUNCTION),
    ("ambiguous_parameter", AMBIGUOUS_PARAMETER),
    ("array_subscript_error", ARRAY_SUBSCRIPT_ERROR),
    ("assert_failure", ASSERT_FAILURE),
    ("bad_copy_file_format", BAD_COPY_FILE_FORMAT),
    ("cannot_coerce", CANNOT_COERCE),
    ("cant_change_runtime_param", CANT_CHANGE_RUNTIME_PARAM),
    ("cardinality_violation", CARDINALITY_VIOLATION),
    ("case_not_found", CASE_NOT_FOUND),
    ("character_not_in_repertoire", CHARACTER_NOT_IN_REPERTOIRE),
    ("check_violation", CHECK_VIOLATION),
    ("collation_mismatch", COLLATION_MISMATCH),
    ("config_file_error", CONFIG_FILE_ERROR),
    ("data_corrupted", DATA_CORRUPTED),
    ("data_exception", DATA_EXCEPTION),
    ("datatype_mismatch", DATATYPE_MISMATCH),
    ("datetime_field_overflow", DATETIME_FIELD_OVERFLOW),
    ("dependent_objects_still_exist", DEPENDENT_OBJECTS_STILL_EXIST),
    ("dependent_privilege_descriptors_still_exist", DEPENDENT_PRIVILEGE_DESCRIPTORS_STILL_EXIST),
    ("division_by_zero", DIVISION_BY_ZERO),
    ("duplicate_alias", DUPLICATE_ALIAS),
    ("duplicate_column", DUPLICATE_COLUMN),
    ("duplicate_cursor", DUPLICATE_CURSOR),
    ("duplicate_database", DUPLICATE_DATABASE),
    ("duplicate_file", DUPLICATE_FILE),
    ("duplicate_function", DUPLICATE_FUNCTION),
    ("duplicate_object", DUPLICATE_OBJECT),
    ("duplicate_prepared_statement", DUPLICATE_PREPARED_STATEMENT),
    ("duplicate_schema", DUPLICATE_SCHEMA),
    ("duplicate_table", DUPLICATE_TABLE),
    ("e_r_i_e_trigger_protocol_violated", E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
    (
        "e_r_i_e_event_trigger_protocol_violated",
        E_R_I_E_EVENT_TRIGGER_PROTOCOL_VIOLATED,
    ),
    ("error_in_assignment", ERROR_IN_ASSIGNMENT),
    ("exclusion_violation", EXCLUSION_VIOLATION),
    ("external_routine_exception", EXTERNAL_ROUTINE_EXCEPTION),
    ("fdw_error", FDW_ERROR),
    ("fdw_invalid_option_name", FDW_INVALID_OPTION_NAME),
    ("fdw_option_name_not_found", FDW_OPTION_NAME_NOT_FOUND),
    ("feature_not_supported", FEATURE_NOT_SUPPORTED),
    ("foreign_key_violation", FOREIGN_KEY_VIOLATION),
    ("generated_always", GENERATED_ALWAYS),
    ("grouping_error", GROUPING_ERROR),
    ("in_failed_sql_transaction", IN_FAILED_SQL_TRANSACTION),
    ("indeterminate_collation", INDETERMINATE_COLLATION),
    ("indeterminate_datatype", INDETERMINATE_DATATYPE),
    ("insufficient_privilege", INSUFFICIENT_PRIVILEGE),
    ("integrity_constraint_violation", INTEGRITY_CONSTRAINT_VIOLATION),
    ("internal_error", INTERNAL_ERROR),
    ("interval_field_overflow", INTERVAL_FIELD_OVERFLOW),
    ("invalid_argument_for_logarithm", INVALID_ARGUMENT_FOR_LOGARITHM),
    ("invalid_authorization_specification", INVALID_AUTHORIZATION_SPECIFICATION),
    ("invalid_binary_representation", INVALID_BINARY_REPRESENTATION),
    ("invalid_catalog_name", INVALID_CATALOG_NAME),
    ("invalid_column_definition", INVALID_COLUMN_DEFINITION),
    ("invalid_column_reference", INVALID_COLUMN_REFERENCE),
    ("invalid_cursor_definition", INVALID_CURSOR_DEFINITION),
    ("invalid_cursor_name", INVALID_CURSOR_NAME),
    ("invalid_cursor_state", INVALID_CURSOR_STATE),
    ("invalid_database_definition", INVALID_DATABASE_DEFINITION),
    ("invalid_datetime_format", INVALID_DATETIME_FORMAT),
    ("invalid_escape_character", INVALID_ESCAPE_CHARACTER),
    ("nonstandard_use_of_escape_character", NONSTANDARD_USE_OF_ESCAPE_CHARACTER),
    ("invalid_escape_sequence", INVALID_ESCAPE_SEQUENCE),
    ("invalid_foreign_key", INVALID_FOREIGN_KEY),
    ("invalid_function_definition", INVALID_FUNCTION_DEFINITION),
    ("invalid_grant_operation", INVALID_GRANT_OPERATION),
    ("invalid_grantor", INVALID_GRANTOR),
    ("invalid_json_text", INVALID_JSON_TEXT),
    ("invalid_name", INVALID_NAME),
    ("invalid_object_definition", INVALID_OBJECT_DEFINITION),
    ("invalid_parameter_value", INVALID_PARAMETER_VALUE),
    ("invalid_prepared_statement_definition", INVALID_PREPARED_STATEMENT_DEFINITION),
    ("invalid_recursion", INVALID_RECURSION),
    ("invalid_regular_expression", INVALID_REGULAR_EXPRESSION),
    ("invalid_role_specification", INVALID_ROLE_SPECIFICATION),
    ("invalid_row_count_in_limit_clause", INVALID_ROW_COUNT_IN_LIMIT_CLAUSE),
    ("invalid_savepoint_specification", INVALID_SAVEPOINT_SPECIFICATION),
    ("invalid_schema_definition", INVALID_SCHEMA_DEFINITION),
    ("invalid_schema_name", INVALID_SCHEMA_NAME),
    ("invalid_sql_json_subscript", INVALID_SQL_JSON_SUBSCRIPT),
    ("invalid_sql_statement_name", INVALID_SQL_STATEMENT_NAME),
    ("invalid_table_definition", INVALID_TABLE_DEFINITION),
    ("invalid_text_representation", INVALID_TEXT_REPRESENTATION),
    ("invalid_transaction_initiation", INVALID_TRANSACTION_INITIATION),
    ("invalid_transaction_state", INVALID_TRANSACTION_STATE),
    ("invalid_transaction_termination", INVALID_TRANSACTION_TERMINATION),
    ("invalid_xml_content", INVALID_XML_CONTENT),
    ("invalid_xml_document", INVALID_XML_DOCUMENT),
    ("lock_not_available", LOCK_NOT_AVAILABLE),
    ("name_too_long", NAME_TOO_LONG),
    ("no_active_sql_transaction", NO_ACTIVE_SQL_TRANSACTION),
    ("no_data_found", NO_DATA_FOUND),
    ("not_null_violation", NOT_NULL_VIOLATION),
    ("null_value_not_allowed", NULL_VALUE_NOT_ALLOWED),
    ("numeric_value_out_of_range", NUMERIC_VALUE_OUT_OF_RANGE),
    ("object_in_use", OBJECT_IN_USE),
    ("object_not_in_prerequisite_state", OBJECT_NOT_IN_PREREQUISITE_STATE),
    ("plpgsql_error", PLPGSQL_ERROR),
    ("program_limit_exceeded", PROGRAM_LIMIT_EXCEEDED),
    ("query_canceled", QUERY_CANCELED),
    ("raise_exception", RAISE_EXCEPTION),
    ("read_only_sql_transaction", READ_ONLY_SQL_TRANSACTION),
    ("reserved_name", RESERVED_NAME),
    ("savepoint_exception", SAVEPOINT_EXCEPTION),
    ("sequence_generator_limit_exceeded", SEQUENCE_GENERATOR_LIMIT_EXCEEDED),
    ("sql_routine_exception", SQL_ROUTINE_EXCEPTION),
    ("statement_too_complex", STATEMENT_TOO_COMPLEX),
    ("string_data_right_truncation", STRING_DATA_RIGHT_TRUNCATION),
    ("substring_error", SUBSTRING_ERROR),
    ("successful_completion", SUCCESSFUL_COMPLETION),
    ("syntax_error", SYNTAX_ERROR),
    ("syntax_error_or_access_rule_violation", SYNTAX_ERROR_OR_ACCESS_RULE_VIOLATION),
    ("too_many_arguments", TOO_MANY_ARGUMENTS),
    ("too_many_columns", TOO_MANY_COLUMNS),
    ("too_many_rows", TOO_MANY_ROWS),
    ("triggered_action_exception", TRIGGERED_ACTION_EXCEPTION),
    ("undefined_column", UNDEFINED_COLUMN),
    ("undefined_file", UNDEFINED_FILE),
    ("undefined_function", UNDEFINED_FUNCTION),
    ("undefined_object", UNDEFINED_OBJECT),
    ("undefined_parameter", UNDEFINED_PARAMETER),
    ("undefined_table", UNDEFINED_TABLE),
    ("unique_violation", UNIQUE_VIOLATION),
    ("unsafe_new_enum_value_usage", UNSAFE_NEW_ENUM_VALUE_USAGE),
    ("untranslatable_character", UNTRANSLATABLE_CHARACTER),
    ("warning", WARNING),
    ("warning_deprecated_feature", WARNING_DEPRECATED_FEATURE),
    ("warning_privilege_not_granted", WARNING_PRIVILEGE_NOT_GRANTED),
    ("warning_privilege_not_revoked", WARNING_PRIVILEGE_NOT_REVOKED),
    ("windowing_error", WINDOWING_ERROR),
    ("with_check_option_violation", WITH_CHECK_OPTION_VIOLATION),
    ("wrong_object_type", WRONG_OBJECT_TYPE),
];
