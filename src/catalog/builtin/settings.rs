//! The settings that PostgreSQL has, with what it says of them in pg_settings, and the time zones.

use super::tsv;
use crate::pg::version::Version;

/// A setting (PostgreSQL: struct config_generic and its kinds, utils/guc_tables.h).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// As it is spelt, with its capitals.
    pub name: &'static str,
    /// `bool`, `integer`, `real`, `string` or `enum`.
    pub vartype: &'static str,
    /// Who may set it when: `internal`, `postmaster`, `sighup`, `superuser-backend`, `backend`, `superuser`, `user`.
    pub context: &'static str,
    /// What a bare number counts: `kB`, `8kB`, `ms` …
    pub unit: Option<&'static str>,
    pub min_val: Option<&'static str>,
    pub max_val: Option<&'static str>,
    pub enumvals: Vec<String>,
    /// What it is when nothing sets it.
    pub boot_val: Option<String>,
    pub category: &'static str,
}

/// Every setting of the version, by name.
pub fn settings(version: Version) -> impl Iterator<Item = Setting> {
    tsv::rows::<9>(include_str!("pg_settings.tsv"), version).map(|row| {
        let [name, vartype, context, unit, min, max, enumvals, boot, category] = row;
        Setting {
            name,
            vartype,
            context,
            unit: bare(unit),
            min_val: bare(min),
            max_val: bare(max),
            enumvals: tsv::array(enumvals).unwrap_or_default(),
            boot_val: tsv::text(boot).map(Into::into),
            category,
        }
    })
}

/// The names that pg_timezone_names has on a machine with the usual time zone files.
pub fn timezone_names() -> impl Iterator<Item = &'static str> {
    tsv::rows::<1>(include_str!("pg_timezone.tsv"), Version::NEWEST).map(|[name]| name)
}

fn bare(cell: &'static str) -> Option<&'static str> {
    (cell != tsv::NULL).then_some(cell)
}
