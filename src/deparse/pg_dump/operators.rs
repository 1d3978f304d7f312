//! Operators, operator classes and families, access methods, languages (PostgreSQL: dumpOpr, dumpOpclass,
//! dumpOpfamily).

use super::Dump;
use super::archive::Entry;
use super::comments::Commented;
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::pg::name::{quote_identifier, quote_qualified_identifier};
use crate::pg::oid::{Oid, fixed};

impl Dump<'_> {
    /// `OPERATOR(schema.op)` (PostgreSQL: getFormattedOperatorName).
    fn operator_reference(&self, oid: Oid) -> Option<String> {
        let row = self.catalog.get::<PgOperator>(oid)?;
        let schema = quote_identifier(self.deparse.schema(row.oprnamespace));
        Some(format!("OPERATOR({schema}.{})", row.oprname))
    }

    fn operand(&self, typid: Oid) -> String {
        if typid.is_valid() { self.deparse.type_name(typid) } else { "NONE".to_string() }
    }

    /// PostgreSQL: dumpOpr.
    pub(super) fn operator(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgOperator>(oid).cloned() else { return };
        if !row.oprcode.is_valid() {
            return;
        }
        let schema = self.deparse.schema(row.oprnamespace).to_string();
        let quoted = quote_identifier(&schema).into_owned();
        let mut parts = vec![format!("FUNCTION = {}", self.procedure(row.oprcode))];
        for (word, typid) in [("LEFTARG", row.oprleft), ("RIGHTARG", row.oprright)] {
            if typid.is_valid() {
                parts.push(format!("{word} = {}", self.deparse.type_name(typid)));
            }
        }
        for (word, operator) in [("COMMUTATOR", row.oprcom), ("NEGATOR", row.oprnegate)] {
            if let Some(name) = self.operator_reference(operator) {
                parts.push(format!("{word} = {name}"));
            }
        }
        if row.oprcanmerge {
            parts.push("MERGES".to_string());
        }
        if row.oprcanhash {
            parts.push("HASHES".to_string());
        }
        for (word, function) in [("RESTRICT", row.oprrest), ("JOIN", row.oprjoin)] {
            if function.is_valid() {
                parts.push(format!("{word} = {}", self.procedure(function)));
            }
        }
        let identity = format!(
            "{} ({}, {})",
            row.oprname,
            self.operand(row.oprleft),
            self.operand(row.oprright)
        );
        let owner = self.role(row.oprowner);
        self.archive.add(Entry {
            tag: row.oprname.to_string(),
            desc: "OPERATOR",
            namespace: Some(schema.clone()),
            owner: Some(owner.clone()),
            defn: format!(
                "CREATE OPERATOR {quoted}.{} (\n    {}\n);\n",
                row.oprname,
                parts.join(",\n    ")
            ),
            drop: format!("DROP OPERATOR {quoted}.{identity};\n"),
            owned: Some(format!("OPERATOR {quoted}.{identity}")),
            ..Entry::default()
        });
        let what = Commented {
            kind: "OPERATOR",
            name: &identity,
            namespace: Some(&schema),
            owner: &owner,
            post_data: false,
        };
        self.comment(Class::Operator, oid, what);
    }

    fn method_name(&self, oid: Oid) -> String {
        let name = self.catalog.get::<PgAm>(oid).map_or("", |am| am.amname.as_str());
        quote_identifier(name).into_owned()
    }

    /// Members that belong to `owner`: to an operator class or loosely to its family.
    fn members(&self, family: Oid, owner: ObjectAddress) -> Vec<String> {
        let belongs = |class: Class, oid: Oid| {
            self.catalog.depend().references_of(ObjectAddress::new(class, oid)).any(|entry| {
                entry.referenced == owner
                    && matches!(entry.kind, DependType::Internal | DependType::Auto)
            })
        };
        let mut operators: Vec<_> = self
            .catalog
            .find_all::<PgAmop>(&family)
            .filter(|row| belongs(Class::Amop, row.oid))
            .collect();
        operators.sort_by_key(|row| row.amopstrategy);
        let mut parts = Vec::new();
        for row in operators {
            let Some(operator) = self.catalog.get::<PgOperator>(row.amopopr) else { continue };
            let schema = quote_identifier(self.deparse.schema(operator.oprnamespace));
            let builtin = operator.oprnamespace == fixed::PG_CATALOG_NAMESPACE;
            let prefix = if builtin { String::new() } else { format!("{schema}.") };
            let mut text = format!(
                "OPERATOR {} {prefix}{}({},{})",
                row.amopstrategy,
                operator.oprname,
                self.operand(operator.oprleft),
                self.operand(operator.oprright)
            );
            if let Some(family) = self.catalog.get::<PgOpfamily>(row.amopsortfamily) {
                let name = quote_qualified_identifier(
                    Some(self.deparse.schema(family.opfnamespace)),
                    &family.opfname,
                );
                text.push_str(&format!(" FOR ORDER BY {name}"));
            }
            parts.push(text);
        }
        let mut functions: Vec<_> = self
            .catalog
            .find_all::<PgAmproc>(&family)
            .filter(|row| belongs(Class::Amproc, row.oid))
            .collect();
        functions.sort_by_key(|row| row.amprocnum);
        for row in functions {
            let Some(proc) = self.catalog.get::<PgProc>(row.amproc) else { continue };
            let types: Vec<String> =
                proc.proargtypes.iter().map(|typid| self.deparse.type_name(*typid)).collect();
            parts.push(format!(
                "FUNCTION {} ({}, {}) {}({})",
                row.amprocnum,
                self.deparse.type_name(row.amproclefttype),
                self.deparse.type_name(row.amprocrighttype),
                self.procedure(row.amproc),
                types.join(",")
            ));
        }
        parts
    }

    /// PostgreSQL: dumpOpclass.
    pub(super) fn opclass(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgOpclass>(oid).cloned() else { return };
        let schema = self.deparse.schema(row.opcnamespace).to_string();
        let qualified = quote_qualified_identifier(Some(&schema), &row.opcname);
        let method = self.method_name(row.opcmethod);
        let mut text = format!("CREATE OPERATOR CLASS {qualified}\n    ");
        text.push_str(if row.opcdefault { "DEFAULT " } else { "" });
        text.push_str(&format!(
            "FOR TYPE {} USING {method}",
            self.deparse.type_name(row.opcintype)
        ));
        if let Some(family) = self.catalog.get::<PgOpfamily>(row.opcfamily) {
            let name = quote_qualified_identifier(
                Some(self.deparse.schema(family.opfnamespace)),
                &family.opfname,
            );
            text.push_str(&format!(" FAMILY {name}"));
        }
        let mut parts = Vec::new();
        if row.opckeytype.is_valid() {
            parts.push(format!("STORAGE {}", self.deparse.type_name(row.opckeytype)));
        }
        parts.extend(self.members(row.opcfamily, ObjectAddress::new(Class::Opclass, oid)));
        if parts.is_empty() {
            parts.push(format!("STORAGE {}", self.deparse.type_name(row.opcintype)));
        }
        text.push_str(&format!(" AS\n    {};\n", parts.join(" ,\n    ")));
        let owner = self.role(row.opcowner);
        let identity = format!("{qualified} USING {method}");
        self.archive.add(Entry {
            tag: row.opcname.to_string(),
            desc: "OPERATOR CLASS",
            namespace: Some(schema.clone()),
            owner: Some(owner.clone()),
            defn: text,
            drop: format!("DROP OPERATOR CLASS {identity};\n"),
            owned: Some(format!("OPERATOR CLASS {identity}")),
            ..Entry::default()
        });
        let name = format!("{} USING {method}", quote_identifier(&row.opcname));
        let what = Commented {
            kind: "OPERATOR CLASS",
            name: &name,
            namespace: Some(&schema),
            owner: &owner,
            post_data: false,
        };
        self.comment(Class::Opclass, oid, what);
    }

    /// PostgreSQL: dumpOpfamily.
    pub(super) fn opfamily(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgOpfamily>(oid).cloned() else { return };
        let schema = self.deparse.schema(row.opfnamespace).to_string();
        let qualified = quote_qualified_identifier(Some(&schema), &row.opfname);
        let method = self.method_name(row.opfmethod);
        let identity = format!("{qualified} USING {method}");
        let mut text = format!("CREATE OPERATOR FAMILY {identity};\n");
        let parts = self.members(oid, ObjectAddress::new(Class::Opfamily, oid));
        if !parts.is_empty() {
            text.push_str(&format!(
                "ALTER OPERATOR FAMILY {identity} ADD\n    {};\n",
                parts.join(" ,\n    ")
            ));
        }
        let owner = self.role(row.opfowner);
        self.archive.add(Entry {
            tag: row.opfname.to_string(),
            desc: "OPERATOR FAMILY",
            namespace: Some(schema.clone()),
            owner: Some(owner.clone()),
            defn: text,
            drop: format!("DROP OPERATOR FAMILY {identity};\n"),
            owned: Some(format!("OPERATOR FAMILY {identity}")),
            ..Entry::default()
        });
        let name = format!("{} USING {method}", quote_identifier(&row.opfname));
        let what = Commented {
            kind: "OPERATOR FAMILY",
            name: &name,
            namespace: Some(&schema),
            owner: &owner,
            post_data: false,
        };
        self.comment(Class::Opfamily, oid, what);
    }

    /// PostgreSQL: dumpAccessMethod.
    pub(super) fn access_method(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgAm>(oid).cloned() else { return };
        if self.builtin_method(oid) {
            return;
        }
        let name = quote_identifier(&row.amname).into_owned();
        let kind = if row.amtype == b'i' { "INDEX" } else { "TABLE" };
        self.archive.add(Entry {
            tag: row.amname.to_string(),
            desc: "ACCESS METHOD",
            defn: format!(
                "CREATE ACCESS METHOD {name} TYPE {kind} HANDLER {};\n",
                self.procedure(row.amhandler)
            ),
            drop: format!("DROP ACCESS METHOD {name};\n"),
            ..Entry::default()
        });
        let what = Commented {
            kind: "ACCESS METHOD",
            name: &name,
            namespace: None,
            owner: "",
            post_data: false,
        };
        self.comment(Class::Am, oid, what);
    }

    /// PostgreSQL: dumpProcLang.
    /// Whether a dump makes the function: it is neither built in nor an extension's.
    fn is_dumped_routine(&self, oid: Oid) -> bool {
        let address = ObjectAddress::new(Class::Proc, oid);
        let mut needs = self.catalog.depend().references_of(address);
        !oid.is_builtin() && !needs.any(|entry| entry.kind == DependType::Extension)
    }

    pub(super) fn language(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgLanguage>(oid).cloned() else { return };
        let name = quote_identifier(&row.lanname).into_owned();
        let used = [row.lanplcallfoid, row.laninline, row.lanvalidator];
        let text = if used.iter().all(|oid| !oid.is_valid() || self.is_dumped_routine(*oid)) {
            let trusted = if row.lanpltrusted { "TRUSTED " } else { "" };
            let words = ["HANDLER", "INLINE", "VALIDATOR"].iter().zip(used);
            let given = words.filter(|(_, oid)| oid.is_valid());
            let given: String =
                given.map(|(word, oid)| format!(" {word} {}", self.procedure(oid))).collect();
            format!("CREATE {trusted}PROCEDURAL LANGUAGE {name}{given};\n")
        } else {
            // What the dump does not make is not named: the server knows the language.
            format!("CREATE OR REPLACE PROCEDURAL LANGUAGE {name};\n")
        };
        let owner = self.role(row.lanowner);
        self.archive.add(Entry {
            tag: row.lanname.to_string(),
            desc: "PROCEDURAL LANGUAGE",
            owner: Some(owner.clone()),
            defn: text,
            drop: format!("DROP PROCEDURAL LANGUAGE {name};\n"),
            owned: Some(format!("PROCEDURAL LANGUAGE {name}")),
            ..Entry::default()
        });
        let what = Commented {
            kind: "LANGUAGE",
            name: &name,
            namespace: None,
            owner: &owner,
            post_data: false,
        };
        self.comment(Class::Language, oid, what);
        self.language_acl(&row);
    }
}
