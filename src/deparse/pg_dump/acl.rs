//! GRANT and REVOKE: how an object's privileges differ from those it starts with (PostgreSQL: dumpACL,
//! buildACLCommands).

use std::sync::Arc;

use super::Dump;
use super::archive::Entry;
use crate::catalog::acl::{Acl, AclItem, privilege};
use crate::catalog::aclchk::acldefault;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::nodes::tree::ObjectType;
use crate::pg::name::quote_identifier;
use crate::pg::oid::Oid;

/// The object that the commands name.
struct Granted<'n> {
    /// `TABLE`, `FUNCTION` …; of default privileges `TABLES` …
    kind: &'n str,
    /// Quoted; empty for default privileges.
    name: &'n str,
    namespace: Option<&'n str>,
    column: Option<&'n str>,
    owner: Oid,
    prefix: String,
}

/// Privileges that a kind has, in the order in which pg_dump names them.
fn privileges_of(kind: &str, column: bool) -> &'static [(u32, &'static str)] {
    use privilege::*;
    match kind {
        "TABLE" | "TABLES" if column => &[
            (SELECT, "SELECT"),
            (INSERT, "INSERT"),
            (REFERENCES, "REFERENCES"),
            (UPDATE, "UPDATE"),
        ],
        "TABLE" | "TABLES" => &[
            (SELECT, "SELECT"),
            (INSERT, "INSERT"),
            (REFERENCES, "REFERENCES"),
            (DELETE, "DELETE"),
            (TRIGGER, "TRIGGER"),
            (TRUNCATE, "TRUNCATE"),
            (MAINTAIN, "MAINTAIN"),
            (UPDATE, "UPDATE"),
        ],
        "SEQUENCE" | "SEQUENCES" => &[(SELECT, "SELECT"), (USAGE, "USAGE"), (UPDATE, "UPDATE")],
        "FUNCTION" | "FUNCTIONS" | "PROCEDURE" | "PROCEDURES" => &[(EXECUTE, "EXECUTE")],
        "SCHEMA" | "SCHEMAS" => &[(CREATE, "CREATE"), (USAGE, "USAGE")],
        "LARGE OBJECT" | "LARGE OBJECTS" => &[(SELECT, "SELECT"), (UPDATE, "UPDATE")],
        _ => &[(USAGE, "USAGE")], // types, languages, foreign objects
    }
}

impl Dump<'_> {
    /// The two lists of words: plain, and with grant option (PostgreSQL: parseAclItem).
    fn privilege_words(&self, granted: &Granted, item: &AclItem) -> (String, String) {
        let column = granted.column.map(quote_identifier);
        let word = |text: &str| match &column {
            Some(column) => format!("{text}({column})"),
            None => text.to_string(),
        };
        let maintain = self.catalog.version().major() >= 17;
        let (mut plain, mut passed_on) = (Vec::new(), Vec::new());
        let (mut all_plain, mut all_passed_on) = (true, true);
        for (bit, text) in privileges_of(granted.kind, column.is_some()) {
            if *bit == privilege::MAINTAIN && !maintain {
                continue;
            }
            if item.grant_options & bit != 0 {
                passed_on.push(word(text));
                all_plain = false;
            } else if item.privileges & bit != 0 {
                plain.push(word(text));
                all_passed_on = false;
            } else {
                (all_plain, all_passed_on) = (false, false);
            }
        }
        if all_passed_on {
            return (String::new(), word("ALL"));
        }
        if all_plain {
            return (word("ALL"), String::new());
        }
        (plain.join(","), passed_on.join(","))
    }

    /// PostgreSQL: buildACLCommands.
    fn acl_commands(&self, granted: &Granted, acl: &[AclItem], base: &[AclItem]) -> String {
        let target = {
            let schema =
                granted.namespace.map_or_else(String::new, |n| format!("{}.", quote_identifier(n)));
            // Default privileges have no name; before 16 its space stood there nevertheless.
            let old = self.catalog.version().major() < 16;
            let name = if granted.name.is_empty() && !old {
                String::new()
            } else {
                format!("{} ", granted.name)
            };
            format!("{} {schema}{name}", granted.kind)
        };
        let grantee = |item: &AclItem| match item.grantee.valid() {
            Some(role) => quote_identifier(&self.role(role)).into_owned(),
            None => "PUBLIC".to_string(),
        };
        let prefix = &granted.prefix;
        let mut text = String::new();
        for item in base.iter().filter(|item| !acl.contains(item)) {
            let (plain, passed_on) = self.privilege_words(granted, item);
            let words = if plain.is_empty() { passed_on } else { plain };
            if !words.is_empty() {
                text.push_str(&format!(
                    "{prefix}REVOKE {words} ON {target}FROM {};\n",
                    grantee(item)
                ));
            }
        }
        let (mut first, mut second) = (String::new(), String::new());
        for item in acl.iter().filter(|item| !base.contains(item)) {
            let (plain, passed_on) = self.privilege_words(granted, item);
            if plain.is_empty() && passed_on.is_empty() {
                continue;
            }
            let own = item.grantee == granted.owner && item.grantor == granted.owner;
            let out = if own { &mut first } else { &mut second };
            let other_grantor = item.grantor.is_valid() && item.grantor != granted.owner;
            if other_grantor {
                let role = self.role(item.grantor);
                out.push_str(&format!("SET SESSION AUTHORIZATION {};\n", quote_identifier(&role)));
            }
            for (words, option) in [(plain, ""), (passed_on, " WITH GRANT OPTION")] {
                if !words.is_empty() {
                    let to = grantee(item);
                    out.push_str(&format!("{prefix}GRANT {words} ON {target}TO {to}{option};\n"));
                }
            }
            out.push_str(if other_grantor { "RESET SESSION AUTHORIZATION;\n" } else { "" });
        }
        text + &first + &second
    }

    /// PostgreSQL: dumpACL.
    fn acl_entry(&mut self, granted: Granted, tag: String, acl: &[AclItem], base: &[AclItem]) {
        let text = self.acl_commands(&granted, acl, base);
        if text.is_empty() {
            return;
        }
        self.archive.add(Entry {
            tag,
            desc: "ACL",
            namespace: granted.namespace.map(str::to_string),
            owner: Some(self.role(granted.owner)),
            defn: text,
            ..Entry::default()
        });
    }

    fn object_acl(
        &mut self,
        granted: Granted,
        address: ObjectAddress,
        kind: ObjectType,
        acl: &Acl,
    ) {
        if self.options.no_privileges {
            return;
        }
        let default = || Arc::new(acldefault(self.catalog, kind, granted.owner));
        let initial = self.catalog.find::<PgInitPrivs>(&address);
        let base = initial.and_then(|row| row.initprivs.clone()).unwrap_or_else(default);
        let items = acl.clone().unwrap_or_else(default);
        let tag = format!("{} {}", granted.kind, granted.name);
        self.acl_entry(granted, tag, &items, &base);
    }

    pub(super) fn table_acl(&mut self, class: &PgClass) {
        let sequence = class.relkind == b'S';
        let (kind, object_type) = if sequence {
            ("SEQUENCE", ObjectType::ObjectSequence)
        } else {
            ("TABLE", ObjectType::ObjectTable)
        };
        let schema = self.deparse.schema(class.relnamespace).to_string();
        let name = quote_identifier(&class.relname).into_owned();
        let granted = |column| Granted {
            kind,
            name: &name,
            namespace: Some(&schema),
            column,
            owner: class.relowner,
            prefix: String::new(),
        };
        let address = ObjectAddress::new(Class::Relation, class.oid);
        self.object_acl(granted(None), address, object_type, &class.relacl);
        if self.options.no_privileges {
            return;
        }
        for a in class.live_attributes() {
            let address = ObjectAddress::column(class.oid, a.attnum);
            let initial = self.catalog.find::<PgInitPrivs>(&address);
            let base = initial.and_then(|row| row.initprivs.clone()).unwrap_or_default();
            let items = a.attacl.clone().unwrap_or_default();
            let tag = format!("COLUMN {name}.{}", quote_identifier(&a.attname));
            self.acl_entry(granted(Some(a.attname.as_str())), tag, &items, &base);
        }
    }

    pub(super) fn routine_acl(&mut self, proc: &PgProc, kind: &str, identity: &str) {
        let schema = self.deparse.schema(proc.pronamespace).to_string();
        let granted = Granted {
            kind,
            name: identity,
            namespace: Some(&schema),
            column: None,
            owner: proc.proowner,
            prefix: String::new(),
        };
        let address = ObjectAddress::new(Class::Proc, proc.oid);
        self.object_acl(granted, address, ObjectType::ObjectFunction, &proc.proacl);
    }

    pub(super) fn any_routine_acl(&mut self, proc: &PgProc) {
        let word = if proc.prokind == b'p' { "PROCEDURE" } else { "FUNCTION" };
        let arguments = self.deparse.function_identity_arguments(proc);
        self.routine_acl(proc, word, &format!("{}({arguments})", quote_identifier(&proc.proname)));
    }

    pub(super) fn language_acl(&mut self, row: &PgLanguage) {
        if !row.lanpltrusted {
            return; // others cannot be granted
        }
        let name = quote_identifier(&row.lanname).into_owned();
        let granted = Granted {
            kind: "LANGUAGE",
            name: &name,
            namespace: None,
            column: None,
            owner: row.lanowner,
            prefix: String::new(),
        };
        let address = ObjectAddress::new(Class::Language, row.oid);
        self.object_acl(granted, address, ObjectType::ObjectLanguage, &row.lanacl);
    }

    pub(super) fn type_acl(&mut self, row: &PgType) {
        let schema = self.deparse.schema(row.typnamespace).to_string();
        let name = quote_identifier(&row.typname).into_owned();
        let granted = Granted {
            kind: "TYPE",
            name: &name,
            namespace: Some(&schema),
            column: None,
            owner: row.typowner,
            prefix: String::new(),
        };
        let address = ObjectAddress::new(Class::Type, row.oid);
        self.object_acl(granted, address, ObjectType::ObjectType, &row.typacl);
    }

    pub(super) fn foreign_acl(&mut self, kind: &str, oid: Oid, name: &str, owner: Oid, acl: &Acl) {
        let (class, object_type) = if kind == "FOREIGN SERVER" {
            (Class::ForeignServer, ObjectType::ObjectForeignServer)
        } else {
            (Class::ForeignDataWrapper, ObjectType::ObjectFdw)
        };
        let name = quote_identifier(name).into_owned();
        let granted = Granted {
            kind,
            name: &name,
            namespace: None,
            column: None,
            owner,
            prefix: String::new(),
        };
        self.object_acl(granted, ObjectAddress::new(class, oid), object_type, acl);
    }

    pub(super) fn namespace_acl(&mut self, row: &PgNamespace) {
        if self.options.no_privileges {
            return;
        }
        let owner = row.nspowner;
        let name = quote_identifier(&row.nspname).into_owned();
        let base = if row.nspname == "public" {
            let create = if self.catalog.version().major() >= 15 { 0 } else { privilege::CREATE };
            let item = |grantee, privileges| AclItem {
                grantee,
                grantor: owner,
                privileges,
                grant_options: 0,
            };
            vec![
                item(owner, privilege::USAGE | privilege::CREATE),
                item(Oid::INVALID, privilege::USAGE | create),
            ]
        } else {
            acldefault(self.catalog, ObjectType::ObjectSchema, owner)
        };
        let granted = Granted {
            kind: "SCHEMA",
            name: &name,
            namespace: None,
            column: None,
            owner,
            prefix: String::new(),
        };
        let items = row
            .nspacl
            .clone()
            .unwrap_or_else(|| acldefault(self.catalog, ObjectType::ObjectSchema, owner).into());
        self.acl_entry(granted, format!("SCHEMA {name}"), &items, &base);
    }

    /// PostgreSQL: dumpDefaultACL.
    pub(super) fn default_acl(&mut self, oid: Oid) {
        if self.options.no_privileges {
            return;
        }
        let Some(row) = self.catalog.get::<PgDefaultAcl>(oid).cloned() else { return };
        let (kind, object_type) = match row.defaclobjtype {
            b'r' => ("TABLES", ObjectType::ObjectTable),
            b'S' => ("SEQUENCES", ObjectType::ObjectSequence),
            b'f' => ("FUNCTIONS", ObjectType::ObjectFunction),
            b'T' => ("TYPES", ObjectType::ObjectType),
            b'n' => ("SCHEMAS", ObjectType::ObjectSchema),
            _ => ("LARGE OBJECTS", ObjectType::ObjectLargeobject), // 'L'
        };
        let role = self.role(row.defaclrole);
        let mut prefix = format!("ALTER DEFAULT PRIVILEGES FOR ROLE {} ", quote_identifier(&role));
        let schema = row.defaclnamespace.valid().map(|oid| self.deparse.schema(oid).to_string());
        if let Some(schema) = &schema {
            prefix.push_str(&format!("IN SCHEMA {} ", quote_identifier(schema)));
        }
        let base = match schema {
            Some(_) => Vec::new(),
            None => acldefault(self.catalog, object_type, row.defaclrole),
        };
        let granted = Granted {
            kind,
            name: "",
            namespace: None,
            column: None,
            owner: row.defaclrole,
            prefix,
        };
        let items = row.defaclacl.clone().unwrap_or_default();
        let text = self.acl_commands(&granted, &items, &base);
        if text.is_empty() {
            return;
        }
        self.archive.add(Entry {
            tag: format!("DEFAULT PRIVILEGES FOR {kind}"),
            desc: "DEFAULT ACL",
            namespace: schema,
            owner: Some(role),
            post_data: true,
            defn: text,
            ..Entry::default()
        });
    }
}
