//! Finding the object that a statement names, and naming the object that a message speaks of (PostgreSQL:
//! catalog/objectaddress.c).

mod description;

pub use description::{
    format_operator, format_procedure, get_object_description, get_relation_description,
};
