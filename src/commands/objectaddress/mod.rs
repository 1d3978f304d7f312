//! Finding the object that a statement names, and naming the object that a message speaks of (PostgreSQL:
//! catalog/objectaddress.c).

mod address;
mod description;
mod ownership;

pub use address::{get_object_address, get_object_namespace, name_of, object_name, relkind_plural};
pub use description::{
    format_operator, format_procedure, get_object_description, get_relation_description,
};
pub use ownership::check_object_ownership;
