//! Functions, procedures, aggregates, casts, transforms (PostgreSQL: dumpFunc, dumpAgg, dumpCast).

use super::Dump;
use super::archive::Entry;
use super::comments::Commented;
use crate::catalog::objectaddress::Class;
use crate::catalog::*;
use crate::deparse::ruleutils::simple_quote_literal;
use crate::pg::name::{quote_identifier, quote_qualified_identifier};
use crate::pg::oid::{Oid, fixed};

/// A dollar-quoted string whose delimiter the text does not hold (PostgreSQL: appendStringLiteralDQ).
pub(super) fn dollar_quote(text: &str) -> String {
    let mut delimiter = "$".to_string();
    let mut suffixes = "_XXXXXXX".chars().cycle();
    while text.contains(&delimiter) {
        delimiter.extend(suffixes.next());
    }
    delimiter.push('$');
    format!("{delimiter}{text}{delimiter}")
}

/// As float4out prints COST and ROWS.
fn number(value: f32) -> String {
    if value >= 1e6 || value != 0.0 && value < 1e-4 {
        let text = format!("{value:e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let exponent: i32 = exponent.parse().unwrap_or(0);
        return format!("{mantissa}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs());
    }
    value.to_string()
}

/// Settings whose values are lists of names (PostgreSQL: GUC_LIST_QUOTE).
fn is_list_setting(name: &str) -> bool {
    matches!(
        name.to_ascii_lowercase().as_str(),
        "local_preload_libraries"
            | "search_path"
            | "session_preload_libraries"
            | "shared_preload_libraries"
            | "temp_tablespaces"
            | "unix_socket_directories"
    )
}

/// A list's elements as literals (PostgreSQL: SplitGUCList).
fn list_setting(value: &str) -> String {
    let mut parts = Vec::new();
    let mut rest = value.trim_start();
    while !rest.is_empty() {
        let (element, after) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let mut text = String::new();
                let mut chars = quoted.char_indices().peekable();
                let mut end = quoted.len();
                while let Some((at, c)) = chars.next() {
                    if c == '"' && chars.next_if(|(_, c)| *c == '"').is_none() {
                        end = at + 1;
                        break;
                    }
                    text.push(c);
                }
                (text, &quoted[end..])
            }
            None => {
                let end = rest.find(',').unwrap_or(rest.len());
                (rest[..end].trim_end().to_string(), &rest[end..])
            }
        };
        parts.push(simple_quote_literal(&element));
        rest = after.trim_start().strip_prefix(',').unwrap_or("").trim_start();
    }
    parts.join(", ")
}

/// `SET name TO value` of a function, role or database.
pub(super) fn setting(name: &str, value: &str) -> String {
    let value =
        if is_list_setting(name) { list_setting(value) } else { simple_quote_literal(value) };
    // The settings whose names have capitals.
    let name = match name {
        "datestyle" => "DateStyle",
        "intervalstyle" => "IntervalStyle",
        "timezone" => "TimeZone",
        name => name,
    };
    format!("SET {} TO {value}", quote_identifier(name))
}

impl Dump<'_> {
    /// `name(types)` (PostgreSQL: format_function_signature).
    fn signature(&self, proc: &PgProc, quoted: bool) -> String {
        let types: Vec<String> =
            proc.proargtypes.iter().map(|typid| self.deparse.type_name(*typid)).collect();
        let name =
            if quoted { quote_identifier(&proc.proname) } else { proc.proname.as_str().into() };
        format!("{name}({})", types.join(", "))
    }

    pub(super) fn procedure(&self, oid: Oid) -> String {
        self.catalog.get::<PgProc>(oid).map_or_else(
            || "-".to_string(),
            |proc| {
                let schema = self.deparse.schema(proc.pronamespace);
                let builtin = proc.pronamespace == fixed::PG_CATALOG_NAMESPACE;
                quote_qualified_identifier((!builtin).then_some(schema), &proc.proname)
            },
        )
    }

    /// PostgreSQL: dumpFunc.
    pub(super) fn function(&mut self, oid: Oid) {
        let Some(proc) = self.catalog.get::<PgProc>(oid).cloned() else { return };
        let word = if proc.prokind == b'p' { "PROCEDURE" } else { "FUNCTION" };
        let schema = self.deparse.schema(proc.pronamespace).to_string();
        let quoted_schema = quote_identifier(&schema).into_owned();
        let name = quote_identifier(&proc.proname).into_owned();
        let full = format!("{name}({})", self.deparse.function_arguments(&proc));
        let identity = format!("{name}({})", self.deparse.function_identity_arguments(&proc));
        let mut text = format!("CREATE {word} {quoted_schema}.{full}");
        if let Some(result) = self.deparse.function_result(&proc) {
            text.push_str(&format!(" RETURNS {result}"));
        }
        self.function_properties(&proc, &mut text);
        for (name, value) in &proc.proconfig {
            text.push_str(&format!("\n    {}", setting(name, value)));
        }
        text.push_str(&format!("\n    {};\n", self.function_body(&proc)));
        let owner = self.role(proc.proowner);
        self.archive.add(Entry {
            tag: self.signature(&proc, false),
            desc: word,
            namespace: Some(schema.clone()),
            owner: Some(owner.clone()),
            post_data: self.postponed.contains(&oid),
            defn: text,
            drop: format!("DROP {word} {quoted_schema}.{identity};\n"),
            owned: Some(format!("{word} {quoted_schema}.{identity}")),
            ..Entry::default()
        });
        let what = Commented {
            kind: word,
            name: &identity,
            namespace: Some(&schema),
            owner: &owner,
            post_data: false,
        };
        self.comment(Class::Proc, oid, what);
        self.routine_acl(&proc, word, &identity);
    }

    fn function_properties(&self, proc: &PgProc, text: &mut String) {
        let language = self.catalog.get::<PgLanguage>(proc.prolang);
        let language = language.map_or("", |row| row.lanname.as_str());
        text.push_str(&format!("\n    LANGUAGE {}", quote_identifier(language)));
        if !proc.protrftypes.is_empty() {
            let types: Vec<String> = proc
                .protrftypes
                .iter()
                .map(|typid| format!("FOR TYPE {}", self.deparse.type_name(*typid)))
                .collect();
            text.push_str(&format!(" TRANSFORM {}", types.join(", ")));
        }
        text.push_str(if proc.prokind == b'w' { " WINDOW" } else { "" });
        text.push_str(match proc.provolatile {
            b'i' => " IMMUTABLE",
            b's' => " STABLE",
            _ => "", // 'v'
        });
        text.push_str(if proc.proisstrict { " STRICT" } else { "" });
        text.push_str(if proc.prosecdef { " SECURITY DEFINER" } else { "" });
        text.push_str(if proc.proleakproof { " LEAKPROOF" } else { "" });
        let native = matches!(language, "internal" | "c");
        let default_cost = if native { 1.0 } else { 100.0 };
        if proc.procost != 0.0 && proc.procost != default_cost {
            text.push_str(&format!(" COST {}", number(proc.procost)));
        }
        if proc.proretset && proc.prorows != 0.0 && proc.prorows != 1000.0 {
            text.push_str(&format!(" ROWS {}", number(proc.prorows)));
        }
        if proc.prosupport.is_valid() {
            text.push_str(&format!(" SUPPORT {}", self.procedure(proc.prosupport)));
        }
        text.push_str(match proc.proparallel {
            b's' => " PARALLEL SAFE",
            b'r' => " PARALLEL RESTRICTED",
            _ => "", // 'u'
        });
    }

    fn function_body(&self, proc: &PgProc) -> String {
        if let Some(body) = self.deparse.function_sqlbody(proc) {
            return body;
        }
        match &proc.probin {
            Some(library) => {
                let library = simple_quote_literal(library);
                if proc.prosrc.as_ref() == "-" {
                    return format!("AS {library}");
                }
                let plain = !proc.prosrc.contains(['\'', '\\']);
                let symbol = if plain {
                    simple_quote_literal(&proc.prosrc)
                } else {
                    dollar_quote(&proc.prosrc)
                };
                format!("AS {library}, {symbol}")
            }
            None => format!("AS {}", dollar_quote(&proc.prosrc)),
        }
    }

    /// PostgreSQL: dumpAgg.
    pub(super) fn aggregate(&mut self, oid: Oid) {
        let Some(proc) = self.catalog.get::<PgProc>(oid).cloned() else { return };
        let Some(row) = self.catalog.get::<PgAggregate>(oid).cloned() else { return };
        let schema = self.deparse.schema(proc.pronamespace).to_string();
        let quoted_schema = quote_identifier(&schema).into_owned();
        let name = quote_identifier(&proc.proname).into_owned();
        let arguments = match self.deparse.function_identity_arguments(&proc) {
            none if none.is_empty() => "*".to_string(),
            some => some,
        };
        let identity = format!("{name}({arguments})");
        let mut parts = vec![
            format!("SFUNC = {}", self.procedure(row.aggtransfn)),
            format!("STYPE = {}", self.deparse.type_name(row.aggtranstype)),
        ];
        if row.aggtransspace != 0 {
            parts.push(format!("SSPACE = {}", row.aggtransspace));
        }
        if let Some(initial) = &row.agginitval {
            parts.push(format!("INITCOND = {}", simple_quote_literal(initial)));
        }
        self.aggregate_functions(&proc, &row, &mut parts);
        let owner = self.role(proc.proowner);
        let tag = match proc.proargtypes.is_empty() {
            true => format!("{}(*)", proc.proname),
            false => format!("{}({})", proc.proname, self.aggregate_tag(&proc)),
        };
        self.archive.add(Entry {
            tag,
            desc: "AGGREGATE",
            namespace: Some(schema.clone()),
            owner: Some(owner.clone()),
            defn: format!(
                "CREATE AGGREGATE {quoted_schema}.{identity} (\n    {}\n);\n",
                parts.join(",\n    ")
            ),
            drop: format!("DROP AGGREGATE {quoted_schema}.{identity};\n"),
            owned: Some(format!("AGGREGATE {quoted_schema}.{identity}")),
            ..Entry::default()
        });
        let what = Commented {
            kind: "AGGREGATE",
            name: &identity,
            namespace: Some(&schema),
            owner: &owner,
            post_data: false,
        };
        self.comment(Class::Proc, oid, what);
        let identity = format!("{name}({})", self.deparse.function_identity_arguments(&proc));
        self.routine_acl(&proc, "FUNCTION", &identity);
    }

    fn aggregate_tag(&self, proc: &PgProc) -> String {
        let types: Vec<String> =
            proc.proargtypes.iter().map(|typid| self.deparse.type_name(*typid)).collect();
        types.join(", ")
    }

    fn aggregate_functions(&self, proc: &PgProc, row: &PgAggregate, parts: &mut Vec<String>) {
        let modify = |letter: u8| match letter {
            b'r' => "READ_ONLY",
            b's' => "SHAREABLE",
            _ => "READ_WRITE", // 'w'
        };
        let default_modify = if row.aggkind == b'n' { b'r' } else { b'w' };
        if row.aggfinalfn.is_valid() {
            parts.push(format!("FINALFUNC = {}", self.procedure(row.aggfinalfn)));
            if row.aggfinalextra {
                parts.push("FINALFUNC_EXTRA".to_string());
            }
            if row.aggfinalmodify != default_modify {
                parts.push(format!("FINALFUNC_MODIFY = {}", modify(row.aggfinalmodify)));
            }
        }
        for (word, function) in [
            ("COMBINEFUNC", row.aggcombinefn),
            ("SERIALFUNC", row.aggserialfn),
            ("DESERIALFUNC", row.aggdeserialfn),
        ] {
            if function.is_valid() {
                parts.push(format!("{word} = {}", self.procedure(function)));
            }
        }
        if row.aggmtransfn.is_valid() {
            parts.push(format!("MSFUNC = {}", self.procedure(row.aggmtransfn)));
            parts.push(format!("MINVFUNC = {}", self.procedure(row.aggminvtransfn)));
            parts.push(format!("MSTYPE = {}", self.deparse.type_name(row.aggmtranstype)));
            if row.aggmtransspace != 0 {
                parts.push(format!("MSSPACE = {}", row.aggmtransspace));
            }
            if let Some(initial) = &row.aggminitval {
                parts.push(format!("MINITCOND = {}", simple_quote_literal(initial)));
            }
            if row.aggmfinalfn.is_valid() {
                parts.push(format!("MFINALFUNC = {}", self.procedure(row.aggmfinalfn)));
                if row.aggmfinalextra {
                    parts.push("MFINALFUNC_EXTRA".to_string());
                }
                if row.aggmfinalmodify != default_modify {
                    parts.push(format!("MFINALFUNC_MODIFY = {}", modify(row.aggmfinalmodify)));
                }
            }
        }
        if let Some(operator) = self.catalog.get::<PgOperator>(row.aggsortop) {
            let schema = quote_identifier(self.deparse.schema(operator.oprnamespace));
            parts.push(format!("SORTOP = OPERATOR({schema}.{})", operator.oprname));
        }
        if row.aggkind == b'h' {
            parts.push("HYPOTHETICAL".to_string());
        }
        match proc.proparallel {
            b's' => parts.push("PARALLEL = safe".to_string()),
            b'r' => parts.push("PARALLEL = restricted".to_string()),
            _ => {} // 'u'
        }
    }

    /// PostgreSQL: dumpCast.
    pub(super) fn cast(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgCast>(oid).cloned() else { return };
        let source = self.deparse.type_name(row.castsource);
        let target = self.deparse.type_name(row.casttarget);
        let how = match (row.castmethod, self.catalog.get::<PgProc>(row.castfunc)) {
            (b'f', Some(proc)) => format!(
                "WITH FUNCTION {}.{}",
                quote_identifier(self.deparse.schema(proc.pronamespace)),
                self.signature(proc, true)
            ),
            (b'i', _) => "WITH INOUT".to_string(),
            (_, _) => "WITHOUT FUNCTION".to_string(), // 'b'
        };
        let context = match row.castcontext {
            b'a' => " AS ASSIGNMENT",
            b'i' => " AS IMPLICIT",
            _ => "", // 'e'
        };
        let name = format!("({source} AS {target})");
        self.archive.add(Entry {
            tag: format!("CAST {name}"),
            desc: "CAST",
            defn: format!("CREATE CAST {name} {how}{context};\n"),
            drop: format!("DROP CAST {name};\n"),
            ..Entry::default()
        });
        let what =
            Commented { kind: "CAST", name: &name, namespace: None, owner: "", post_data: false };
        self.comment(Class::Cast, oid, what);
    }

    /// PostgreSQL: dumpTransform.
    pub(super) fn transform(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgTransform>(oid).cloned() else { return };
        let typname = self.deparse.type_name(row.trftype);
        let language = self.catalog.get::<PgLanguage>(row.trflang);
        let language = quote_identifier(language.map_or("", |row| &row.lanname)).into_owned();
        let mut parts = Vec::new();
        for (word, function) in [("FROM", row.trffromsql), ("TO", row.trftosql)] {
            if let Some(proc) = self.catalog.get::<PgProc>(function) {
                let schema = quote_identifier(self.deparse.schema(proc.pronamespace));
                let signature = self.signature(proc, true);
                parts.push(format!("{word} SQL WITH FUNCTION {schema}.{signature}"));
            }
        }
        let name = format!("FOR {typname} LANGUAGE {language}");
        let entry = Entry {
            tag: format!("TRANSFORM {name}"),
            desc: "TRANSFORM",
            defn: format!("CREATE TRANSFORM {name} ({});\n", parts.join(", ")),
            drop: format!("DROP TRANSFORM {name};\n"),
            ..Entry::default()
        };
        self.archive.add(entry);
        let what = Commented {
            kind: "TRANSFORM",
            name: &name,
            namespace: None,
            owner: "",
            post_data: false,
        };
        self.comment(Class::Transform, oid, what);
    }
}
