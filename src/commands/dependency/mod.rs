//! Dependencies between objects: recording them, and dropping objects with what depends on them (PostgreSQL:
//! catalog/dependency.c, pg_depend.c, pg_shdepend.c).

mod deletion;
mod expr_references;
mod record;
mod removal;
mod shared;

pub use deletion::{DeletionFlags, perform_deletion, perform_multiple_deletions};
pub use expr_references::{
    record_dependency_on_expr, record_dependency_on_query, record_dependency_on_single_rel_expr,
};
pub use record::{
    already_member_error, change_dependencies_of, change_dependencies_on, change_dependency_for,
    delete_dependency_records_for, delete_dependency_records_for_class,
    delete_dependency_records_for_specific, get_extension_of_object, get_owned_sequences,
    is_object_pinned, record_dependency_on, record_dependency_on_current_extension,
    record_multiple_dependencies, sequence_is_owned,
};
pub use removal::delete_comments;
pub use shared::{
    change_dependency_on_owner, delete_shared_dependency_records_for, record_dependency_on_new_acl,
    record_dependency_on_owner, record_dependency_on_tablespace, update_acl_dependencies,
};
