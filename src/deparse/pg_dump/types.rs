//! Types: enum, composite, domain, range, base, shell (PostgreSQL: dumpType).

use super::Dump;
use super::archive::Entry;
use super::comments::Commented;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::ruleutils::simple_quote_literal;
use crate::pg::name::{quote_identifier, quote_qualified_identifier};
use crate::pg::oid::{Oid, fixed};

impl Dump<'_> {
    fn type_entry(&mut self, row: &PgType, desc: &'static str, defn: String) {
        let schema = self.deparse.schema(row.typnamespace).to_string();
        let qualified = quote_qualified_identifier(Some(&schema), &row.typname);
        let owner = self.role(row.typowner);
        // A base type and its functions need each other.
        let cascade = if row.typtype == b'b' && row.typisdefined { " CASCADE" } else { "" };
        self.archive.add(Entry {
            tag: row.typname.to_string(),
            desc,
            namespace: Some(schema.clone()),
            owner: Some(owner.clone()),
            defn,
            drop: format!("DROP {desc} {qualified}{cascade};\n"),
            owned: Some(format!("{desc} {qualified}")),
            ..Entry::default()
        });
        let name = quote_identifier(&row.typname).into_owned();
        let what = Commented {
            kind: desc,
            name: &name,
            namespace: Some(&schema),
            owner: &owner,
            post_data: false,
        };
        self.comment(Class::Type, row.oid, what);
        self.type_acl(row);
    }

    /// PostgreSQL: dumpType.
    pub(super) fn type_(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgType>(oid).cloned() else { return };
        let schema = self.deparse.schema(row.typnamespace);
        let name = quote_qualified_identifier(Some(schema), &row.typname);
        match row.typtype {
            b'e' => {
                let mut labels: Vec<_> = self.catalog.find_all::<PgEnum>(&oid).collect();
                labels.sort_by(|a, b| a.enumsortorder.total_cmp(&b.enumsortorder));
                let labels: Vec<String> = labels
                    .iter()
                    .map(|row| format!("\n    {}", simple_quote_literal(&row.enumlabel)))
                    .collect();
                let defn = format!("CREATE TYPE {name} AS ENUM ({}\n);\n", labels.join(","));
                self.type_entry(&row, "TYPE", defn);
            }
            b'c' => self.composite(&row, &name),
            b'd' => self.domain(&row, &name),
            b'r' => self.range(&row, &name),
            _ if row.typisdefined => self.base_type(&row, &name), // 'b'
            _ => {
                let defn = format!("CREATE TYPE {name};\n"); // a shell that was never filled
                self.type_entry(&row, "TYPE", defn);
            }
        }
    }

    pub(super) fn shell_type(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgType>(oid).cloned() else { return };
        let schema = self.deparse.schema(row.typnamespace).to_string();
        let name = quote_qualified_identifier(Some(&schema), &row.typname);
        let owner = self.role(row.typowner);
        self.archive.add(Entry {
            tag: row.typname.to_string(),
            desc: "SHELL TYPE",
            namespace: Some(schema),
            owner: Some(owner),
            defn: format!("CREATE TYPE {name};\n"),
            ..Entry::default()
        });
    }

    fn collation_clause(&self, typid: Oid, collation: Oid, prefix: &str) -> String {
        let own = lsyscache::get_typcollation(self.catalog, typid);
        match self.catalog.get::<PgCollation>(collation) {
            Some(row) if collation != own => format!(
                "{prefix}{}.{}",
                quote_identifier(self.deparse.schema(row.collnamespace)),
                quote_identifier(&row.collname)
            ),
            Some(_) | None => String::new(),
        }
    }

    /// PostgreSQL: dumpCompositeType.
    fn composite(&mut self, row: &PgType, name: &str) {
        let Some(class) = self.catalog.get::<PgClass>(row.typrelid).cloned() else { return };
        let column = |a: &PgAttribute| {
            format!(
                "\n\t{} {}{}",
                quote_identifier(&a.attname),
                self.deparse.type_with_typmod(a.atttypid, a.atttypmod),
                self.collation_clause(a.atttypid, a.attcollation, " COLLATE ")
            )
        };
        let columns: Vec<String> = class.live_attributes().map(column).collect();
        let defn = format!("CREATE TYPE {name} AS ({}\n);\n", columns.join(","));
        self.type_entry(row, "TYPE", defn);
        let schema = self.deparse.schema(row.typnamespace).to_string();
        let owner = self.role(row.typowner);
        for a in class.live_attributes() {
            let address = ObjectAddress::column(class.oid, a.attnum);
            let name =
                format!("{}.{}", quote_identifier(&row.typname), quote_identifier(&a.attname));
            let what = Commented {
                kind: "COLUMN",
                name: &name,
                namespace: Some(&schema),
                owner: &owner,
                post_data: false,
            };
            self.comment_at(address, what);
        }
    }

    /// PostgreSQL: dumpDomain.
    fn domain(&mut self, row: &PgType, name: &str) {
        let base = self.deparse.type_with_typmod(row.typbasetype, row.typtypmod);
        let mut defn = format!("CREATE DOMAIN {name} AS {base}");
        defn.push_str(&self.collation_clause(row.typbasetype, row.typcollation, " COLLATE "));
        let mut constraints: Vec<_> =
            self.catalog.find_all::<PgConstraint>(&row.oid).cloned().collect();
        constraints.sort_by(|a, b| a.conname.cmp(&b.conname));
        if row.typnotnull {
            let usual = format!("{}_not_null", row.typname);
            let named = constraints.iter().find(|c| c.contype == b'n');
            match named.filter(|c| c.conname.as_str() != usual) {
                Some(c) if self.catalog.version().major() >= 18 => {
                    let name = quote_identifier(&c.conname);
                    defn.push_str(&format!(" CONSTRAINT {name} NOT NULL"));
                }
                Some(_) | None => defn.push_str(" NOT NULL"),
            }
        }
        if let Some(default) = &row.typdefaultbin {
            let source = self.deparse.expression(default, Oid::INVALID, true);
            defn.push_str(&format!(" DEFAULT {source}"));
        } else if let Some(default) = &row.typdefault {
            defn.push_str(&format!(" DEFAULT {}", simple_quote_literal(default)));
        }
        let checks = constraints.iter().filter(|c| c.contype == b'c');
        for check in checks.clone() {
            if !self.separate.contains(&(Class::Constraint, check.oid)) {
                let definition = self.deparse.constraint_definition(check);
                let name = quote_identifier(&check.conname);
                defn.push_str(&format!("\n\tCONSTRAINT {name} {definition}"));
            }
        }
        defn.push_str(";\n");
        self.type_entry(row, "DOMAIN", defn);
        let schema = self.deparse.schema(row.typnamespace).to_string();
        let owner = self.role(row.typowner);
        for constraint in &constraints {
            let kind = format!("CONSTRAINT {} ON DOMAIN", quote_identifier(&constraint.conname));
            let name = quote_identifier(&row.typname).into_owned();
            let what = Commented {
                kind: &kind,
                name: &name,
                namespace: Some(&schema),
                owner: &owner,
                post_data: false,
            };
            self.comment(Class::Constraint, constraint.oid, what);
        }
    }

    /// PostgreSQL: dumpRangeType.
    fn range(&mut self, row: &PgType, name: &str) {
        let Some(range) = self.catalog.get::<PgRange>(row.oid).cloned() else { return };
        let mut parts = vec![format!("subtype = {}", self.deparse.type_name(range.rngsubtype))];
        if range.rngmultitypid.is_valid() {
            parts.push(format!(
                "multirange_type_name = {}",
                self.deparse.type_name(range.rngmultitypid)
            ));
        }
        if let Some(opclass) =
            self.catalog.get::<PgOpclass>(range.rngsubopc).filter(|row| !row.opcdefault)
        {
            let schema = self.deparse.schema(opclass.opcnamespace);
            let name = quote_qualified_identifier(Some(schema), &opclass.opcname);
            parts.push(format!("subtype_opclass = {name}"));
        }
        let collation = self.collation_clause(range.rngsubtype, range.rngcollation, "collation = ");
        if !collation.is_empty() {
            parts.push(collation);
        }
        for (word, function) in
            [("canonical", range.rngcanonical), ("subtype_diff", range.rngsubdiff)]
        {
            if function.is_valid() {
                parts.push(format!("{word} = {}", self.procedure(function)));
            }
        }
        let defn = format!("CREATE TYPE {name} AS RANGE (\n    {}\n);\n", parts.join(",\n    "));
        self.type_entry(row, "TYPE", defn);
    }

    /// PostgreSQL: dumpBaseType.
    fn base_type(&mut self, row: &PgType, name: &str) {
        let length = if row.typlen == -1 { "variable".to_string() } else { row.typlen.to_string() };
        let mut parts = vec![format!("INTERNALLENGTH = {length}")];
        for (word, function) in [
            ("INPUT", row.typinput),
            ("OUTPUT", row.typoutput),
            ("RECEIVE", row.typreceive),
            ("SEND", row.typsend),
            ("TYPMOD_IN", row.typmodin),
            ("TYPMOD_OUT", row.typmodout),
            ("ANALYZE", row.typanalyze),
            ("SUBSCRIPT", row.typsubscript),
        ] {
            if function.is_valid() {
                parts.push(format!("{word} = {}", self.procedure(function)));
            }
        }
        if lsyscache::type_is_collatable(self.catalog, row.oid) {
            parts.push("COLLATABLE = true".to_string());
        }
        if let Some(default) = &row.typdefault {
            parts.push(format!("DEFAULT = {}", simple_quote_literal(default)));
        }
        if row.typelem.is_valid() {
            parts.push(format!("ELEMENT = {}", self.deparse.type_name(row.typelem)));
        }
        if row.typcategory != b'U' {
            let letter = char::from(row.typcategory).to_string();
            parts.push(format!("CATEGORY = {}", simple_quote_literal(&letter)));
        }
        if row.typispreferred {
            parts.push("PREFERRED = true".to_string());
        }
        if row.typdelim != b',' {
            let letter = char::from(row.typdelim).to_string();
            parts.push(format!("DELIMITER = {}", simple_quote_literal(&letter)));
        }
        match row.typalign {
            b'c' => parts.push("ALIGNMENT = char".to_string()),
            b's' => parts.push("ALIGNMENT = int2".to_string()),
            b'd' => parts.push("ALIGNMENT = double".to_string()),
            _ => parts.push("ALIGNMENT = int4".to_string()), // 'i'
        }
        parts.push(format!(
            "STORAGE = {}",
            match row.typstorage {
                b'e' => "external",
                b'x' => "extended",
                b'm' => "main",
                _ => "plain", // 'p'
            }
        ));
        if row.typbyval {
            parts.push("PASSEDBYVALUE".to_string());
        }
        let defn = format!("CREATE TYPE {name} (\n    {}\n);\n", parts.join(",\n    "));
        self.type_entry(row, "TYPE", defn);
    }

    /// PostgreSQL: dumpCollation.
    pub(super) fn collation(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgCollation>(oid).cloned() else { return };
        let schema = self.deparse.schema(row.collnamespace).to_string();
        let qualified = quote_qualified_identifier(Some(&schema), &row.collname);
        let provider = match row.collprovider {
            b'b' => "builtin",
            b'i' => "icu",
            b'd' => "default",
            _ => "libc", // 'c'
        };
        let mut text = format!("provider = {provider}");
        text.push_str(if row.collisdeterministic { "" } else { ", deterministic = false" });
        if matches!(row.collprovider, b'b' | b'i') {
            let locale = row.colllocale.as_ref().or(row.collcollate.as_ref());
            if let Some(locale) = locale {
                text.push_str(&format!(", locale = {}", simple_quote_literal(locale)));
            }
            if let Some(rules) = &row.collicurules {
                text.push_str(&format!(", rules = {}", simple_quote_literal(rules)));
            }
        } else if let (Some(collate), Some(ctype)) = (&row.collcollate, &row.collctype) {
            if collate == ctype {
                text.push_str(&format!(", locale = {}", simple_quote_literal(collate)));
            } else {
                text.push_str(&format!(
                    ", lc_collate = {}, lc_ctype = {}",
                    simple_quote_literal(collate),
                    simple_quote_literal(ctype)
                ));
            }
        }
        let owner = self.role(row.collowner);
        self.archive.add(Entry {
            tag: row.collname.to_string(),
            desc: "COLLATION",
            namespace: Some(schema.clone()),
            owner: Some(owner.clone()),
            defn: format!("CREATE COLLATION {qualified} ({text});\n"),
            drop: format!("DROP COLLATION {qualified};\n"),
            owned: Some(format!("COLLATION {qualified}")),
            ..Entry::default()
        });
        let name = quote_identifier(&row.collname).into_owned();
        let what = Commented {
            kind: "COLLATION",
            name: &name,
            namespace: Some(&schema),
            owner: &owner,
            post_data: false,
        };
        self.comment(Class::Collation, oid, what);
    }

    /// PostgreSQL: dumpConversion.
    pub(super) fn conversion(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgConversion>(oid).cloned() else { return };
        let schema = self.deparse.schema(row.connamespace).to_string();
        let qualified = quote_qualified_identifier(Some(&schema), &row.conname);
        let default = if row.condefault { "DEFAULT " } else { "" };
        let owner = self.role(row.conowner);
        let encoding = |code: i32| simple_quote_literal(encoding_name(code));
        self.archive.add(Entry {
            tag: row.conname.to_string(),
            desc: "CONVERSION",
            namespace: Some(schema.clone()),
            owner: Some(owner.clone()),
            defn: format!(
                "CREATE {default}CONVERSION {qualified} FOR {} TO {} FROM {};\n",
                encoding(row.conforencoding),
                encoding(row.contoencoding),
                self.procedure(row.conproc)
            ),
            drop: format!("DROP CONVERSION {qualified};\n"),
            owned: Some(format!("CONVERSION {qualified}")),
            ..Entry::default()
        });
        let name = quote_identifier(&row.conname).into_owned();
        let what = Commented {
            kind: "CONVERSION",
            name: &name,
            namespace: Some(&schema),
            owner: &owner,
            post_data: false,
        };
        self.comment(Class::Conversion, oid, what);
    }

    /// Whether an access method is one that initdb makes.
    pub(super) fn builtin_method(&self, oid: Oid) -> bool {
        oid == fixed::HEAP_TABLE_AM_OID || oid.is_builtin()
    }
}

/// PostgreSQL: pg_encoding_to_char.
fn encoding_name(code: i32) -> &'static str {
    const NAMES: [&str; 42] = [
        "SQL_ASCII",
        "EUC_JP",
        "EUC_CN",
        "EUC_KR",
        "EUC_TW",
        "EUC_JIS_2004",
        "UTF8",
        "MULE_INTERNAL",
        "LATIN1",
        "LATIN2",
        "LATIN3",
        "LATIN4",
        "LATIN5",
        "LATIN6",
        "LATIN7",
        "LATIN8",
        "LATIN9",
        "LATIN10",
        "WIN1256",
        "WIN1258",
        "WIN866",
        "WIN874",
        "KOI8R",
        "WIN1251",
        "WIN1252",
        "ISO_8859_5",
        "ISO_8859_6",
        "ISO_8859_7",
        "ISO_8859_8",
        "WIN1250",
        "WIN1253",
        "WIN1254",
        "WIN1255",
        "WIN1257",
        "KOI8U",
        "SJIS",
        "BIG5",
        "GBK",
        "UHC",
        "GB18030",
        "JOHAB",
        "SHIFT_JIS_2004",
    ];
    usize::try_from(code).ok().and_then(|i| NAMES.get(i)).copied().unwrap_or("")
}
