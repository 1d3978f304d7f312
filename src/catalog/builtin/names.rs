//! What the recorded names stand for: the oids of what is being loaded, and of what the catalog already has.

use rustc_hash::FxHashMap;

use crate::catalog::{
    Catalog, PgAm, PgAuthid, PgClass, PgCollation, PgLanguage, PgNamespace, PgOpclass, PgOperator,
    PgOpfamily, PgProc, PgTsDict, PgTsParser, PgTsTemplate, PgType,
};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};

type Text = &'static str;

/// The schema that bare names are in.
pub(super) const PG_CATALOG: Text = "pg_catalog";

/// A schema's name as it is recorded, and a name in it.
type Qualified = (Text, Text);

/// The oids of what is being loaded, by its recorded name.
#[derive(Default)]
pub(super) struct Names {
    /// The schemas as they are recorded: `@extschema@` and the like too.
    pub schemas: FxHashMap<Text, Oid>,
    pub roles: FxHashMap<Text, Oid>,
    pub types: FxHashMap<Qualified, Oid>,
    /// Schema, name, argument types as they are listed.
    pub procs: FxHashMap<(Text, Text, Text), Oid>,
    /// Schema, name, left type, right type.
    pub operators: FxHashMap<(Text, Text, Text, Text), Oid>,
    pub relations: FxHashMap<Qualified, Oid>,
    pub access_methods: FxHashMap<Text, Oid>,
    /// Access method and name.
    pub families: FxHashMap<(Text, Qualified), Oid>,
    pub classes: FxHashMap<(Text, Qualified), Oid>,
    pub languages: FxHashMap<Text, Oid>,
}

/// A reference's schema, its name, and what stands in parentheses after it.
fn split(reference: Text) -> (Text, Text, Text) {
    let open = memchr::memchr(b'(', reference.as_bytes()).unwrap_or(reference.len());
    let (name, arguments) = reference.split_at(open);
    let arguments = arguments.get(1..arguments.len().saturating_sub(1)).unwrap_or("");
    match memchr::memchr(b'.', name.as_bytes()) {
        Some(dot) => (&name[..dot], &name[dot + 1..], arguments),
        None => (PG_CATALOG, name, arguments),
    }
}

/// Looks the reference up: `-` is no object, so is what nothing has (a test finds none of those).
macro_rules! lookup {
    ($reference:ident, $own:expr, $existing:expr) => {
        if $reference == "-" {
            Oid::INVALID
        } else {
            $own.copied().or_else(|| $existing).unwrap_or(Oid::INVALID)
        }
    };
}

impl Names {
    pub fn schema(&self, catalog: &Catalog, name: Text) -> Option<Oid> {
        let known = self.schemas.get(name).copied();
        known.or_else(|| catalog.find::<PgNamespace>(&Name::fixed(name)).map(|row| row.oid))
    }

    pub fn role(&self, catalog: &Catalog, name: Text) -> Oid {
        let existing = || Some(catalog.find::<PgAuthid>(&Name::fixed(name))?.oid);
        lookup!(name, self.roles.get(name), existing())
    }

    pub fn type_(&self, catalog: &Catalog, reference: Text) -> Oid {
        let (schema, name, _) = split(reference);
        let existing = || {
            Some(catalog.find::<PgType>(&(self.schema(catalog, schema)?, Name::fixed(name)))?.oid)
        };
        lookup!(reference, self.types.get(&(schema, name)), existing())
    }

    pub fn types(&self, catalog: &Catalog, list: Text) -> Vec<Oid> {
        super::tsv::list(list).map(|name| self.type_(catalog, name)).collect()
    }

    pub fn proc(&self, catalog: &Catalog, reference: Text) -> Oid {
        let (schema, name, arguments) = split(reference);
        let existing = || {
            let schema = self.schema(catalog, schema)?;
            let types = self.types(catalog, arguments);
            catalog
                .find_all::<PgProc>(&Name::fixed(name))
                .find(|row| row.pronamespace == schema && row.proargtypes == types)
                .map(|row| row.oid)
        };
        lookup!(reference, self.procs.get(&(schema, name, arguments)), existing())
    }

    pub fn operator(&self, catalog: &Catalog, reference: Text) -> Oid {
        let (schema, name, arguments) = split(reference);
        let (left, right) = arguments.split_once(' ').unwrap_or(("-", arguments));
        let existing = || {
            let schema = self.schema(catalog, schema)?;
            let types = (self.type_(catalog, left), self.type_(catalog, right));
            catalog
                .find_all::<PgOperator>(&Name::fixed(name))
                .find(|row| row.oprnamespace == schema && (row.oprleft, row.oprright) == types)
                .map(|row| row.oid)
        };
        lookup!(reference, self.operators.get(&(schema, name, left, right)), existing())
    }

    pub fn relation(&self, catalog: &Catalog, reference: Text) -> Oid {
        let (schema, name, _) = split(reference);
        let existing = || {
            let key = (self.schema(catalog, schema)?, Name::fixed(name));
            Some(catalog.find::<PgClass>(&key)?.oid)
        };
        lookup!(reference, self.relations.get(&(schema, name)), existing())
    }

    pub fn access_method(&self, catalog: &Catalog, name: Text) -> Oid {
        let existing = || Some(catalog.find::<PgAm>(&Name::fixed(name))?.oid);
        lookup!(name, self.access_methods.get(name), existing())
    }

    pub fn family(&self, catalog: &Catalog, method: Text, reference: Text) -> Oid {
        let (schema, name, _) = split(reference);
        let existing = || {
            let method = self.access_method(catalog, method);
            let key = (method, self.schema(catalog, schema)?, Name::fixed(name));
            Some(catalog.find::<PgOpfamily>(&key)?.oid)
        };
        lookup!(reference, self.families.get(&(method, (schema, name))), existing())
    }

    pub fn class(&self, catalog: &Catalog, method: Text, reference: Text) -> Oid {
        let (schema, name, _) = split(reference);
        let existing = || {
            let method = self.access_method(catalog, method);
            let key = (method, self.schema(catalog, schema)?, Name::fixed(name));
            Some(catalog.find::<PgOpclass>(&key)?.oid)
        };
        lookup!(reference, self.classes.get(&(method, (schema, name))), existing())
    }

    pub fn language(&self, catalog: &Catalog, name: Text) -> Oid {
        let existing = || Some(catalog.find::<PgLanguage>(&Name::fixed(name))?.oid);
        lookup!(name, self.languages.get(name), existing())
    }

    /// The collations of both kinds are loaded before anything that names them.
    pub fn collation(&self, catalog: &Catalog, reference: Text) -> Oid {
        if reference == "default" {
            return fixed::DEFAULT_COLLATION_OID;
        }
        let (schema, name, _) = split(reference);
        let existing = || {
            let key = (self.schema(catalog, schema)?, Name::fixed(name));
            Some(catalog.find::<PgCollation>(&key)?.oid)
        };
        lookup!(reference, None::<&Oid>, existing())
    }

    pub fn ts_parser(&self, catalog: &Catalog, name: Text) -> Oid {
        let key = (fixed::PG_CATALOG_NAMESPACE, Name::fixed(name));
        catalog.find::<PgTsParser>(&key).map_or(Oid::INVALID, |row| row.oid)
    }

    pub fn ts_template(&self, catalog: &Catalog, reference: Text) -> Oid {
        let (schema, name, _) = split(reference);
        let Some(schema) = self.schema(catalog, schema) else { return Oid::INVALID };
        let found = catalog.find::<PgTsTemplate>(&(schema, Name::fixed(name)));
        found.map_or(Oid::INVALID, |row| row.oid)
    }

    pub fn ts_dict(&self, catalog: &Catalog, reference: Text) -> Oid {
        let (schema, name, _) = split(reference);
        let Some(schema) = self.schema(catalog, schema) else { return Oid::INVALID };
        let found = catalog.find::<PgTsDict>(&(schema, Name::fixed(name)));
        found.map_or(Oid::INVALID, |row| row.oid)
    }
}
