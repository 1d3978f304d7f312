//! The built-in catalog: what initdb makes, and what extensions make, recorded from live servers (README.md).

mod extension;
mod extension_files;
mod load;
mod load_relations;
mod names;
mod settings;
#[cfg(test)]
mod tests;
mod tsv;

use std::sync::OnceLock;

pub use extension::{Control, Extension, Placement, available_extensions, extension};
pub use settings::{Setting, settings, timezone_names};

use super::Catalog;
use crate::pg::version::Version;

/// A recorded table's name and text.
type File = (&'static str, &'static str);

macro_rules! files {
    ($($name:ident)*) => { &[$((stringify!($name), include_str!(concat!(stringify!($name), ".tsv")))),*] };
}

/// The tables that every database has.
static FILES: &[File] = files! {
    pg_aggregate pg_am pg_amop pg_amproc pg_attribute pg_auth_members pg_authid pg_cast pg_class
    pg_collation pg_collation_icu pg_constraint pg_conversion pg_index pg_language pg_namespace
    pg_opclass pg_operator pg_opfamily pg_proc pg_range pg_tablespace pg_ts_config
    pg_ts_config_map pg_ts_dict pg_ts_parser pg_ts_template pg_ts_token pg_type
};

fn file(files: &[File], name: &str) -> &'static str {
    files.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text)
}

/// The catalog of a fresh database (PostgreSQL: template1 after initdb). Built once for each version.
pub fn template1(version: Version) -> Catalog {
    static TEMPLATES: [OnceLock<Catalog>; 6] = [const { OnceLock::new() }; 6];
    let place = (version.major() - Version::OLDEST.major()) as usize;
    TEMPLATES[place].get_or_init(|| load::builtin(version)).clone()
}
