//! Parts of tables that are not columns: constraints, indexes, triggers, policies, rules, statistics.

use super::build::Builder;
use super::split::statements;
use super::{Risk, Stage};
use crate::catalog::*;
use crate::diff::{Key, Portrait};
use crate::pg::name::quote_identifier;

impl Builder<'_> {
    pub(super) fn alter_constraint(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        facts: &[&'static str],
    ) {
        let facts = self.alter_common(key, a, b, facts);
        if facts.is_empty() {
            return;
        }
        let (Some(old), Some(new), Some(part)) = (
            self.from.catalog.get::<PgConstraint>(a.address.object).cloned(),
            self.to.catalog.get::<PgConstraint>(b.address.object).cloned(),
            &key.part,
        ) else {
            return;
        };
        if !new.conislocal && new.coninhcount > 0 && old.coninhcount > 0 {
            return; // said of its parent
        }
        let start = if key.owner.kind == "domain" { "ALTER DOMAIN" } else { "ALTER TABLE" };
        let (owner, name) = (&key.owner.name, &part.name);
        let deferral = old.condeferrable != new.condeferrable || old.condeferred != new.condeferred;
        let enforcement = old.conenforced != new.conenforced;
        let validates = !old.convalidated && new.convalidated;
        let same = !facts.contains(&"definition")
            && !(old.convalidated && !new.convalidated && !enforcement);
        if same && validates && !deferral && !enforcement {
            let sql = format!("{start} {owner} VALIDATE CONSTRAINT {name};");
            let at = self.alter_step(Stage::Validation, key, a.address, b.address, vec![sql]);
            self.check_constraint(at, &new);
            self.risk(at, Risk::Medium, format!("{owner} is scanned under a SHARE UPDATE EXCLUSIVE lock, which lets reading and writing go on; fails on rows that do not fit"));
            return;
        }
        if same
            && new.contype == b'f'
            && (deferral || enforcement)
            && (!enforcement || new.conenforced == new.convalidated)
        {
            let mut words = String::new();
            if deferral {
                words.push_str(match (new.condeferrable, new.condeferred) {
                    (true, true) => " DEFERRABLE INITIALLY DEFERRED",
                    (true, false) => " DEFERRABLE INITIALLY IMMEDIATE",
                    (false, _) => " NOT DEFERRABLE",
                });
            }
            if enforcement {
                words.push_str(if new.conenforced { " ENFORCED" } else { " NOT ENFORCED" });
            }
            let mut sql = vec![format!("ALTER TABLE {owner} ALTER CONSTRAINT {name}{words};")];
            if validates && !enforcement {
                sql.push(format!("ALTER TABLE {owner} VALIDATE CONSTRAINT {name};"));
            }
            let at = self.alter_step(Stage::Constraints, key, a.address, b.address, sql);
            self.risk(at, Risk::Medium, format!("SHARE ROW EXCLUSIVE lock on {owner}"));
            return;
        }
        let why = "a constraint's definition cannot be altered";
        let drop = self.drop_object(a.address, Some(key), Some(why));
        self.steps[drop].stage = Stage::Constraints;
        let before =
            std::mem::replace(&mut self.at_once, matches!(new.contype, b'p' | b'u' | b'x'));
        let made = self.create_object(b.address, None);
        self.at_once = before;
        for at in made {
            self.edges.push((drop, at));
        }
    }

    pub(super) fn alter_index(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        facts: &[&'static str],
    ) {
        let facts = self.alter_common(key, a, b, facts);
        let (Some(old), Some(new), Some(part)) =
            (self.from.class(a.address.object), self.to.class(b.address.object), &key.part)
        else {
            return;
        };
        let (name, table) = (self.to.relation(new.oid), &key.owner.name);
        let index = |catalog: &Catalog, oid| catalog.get::<PgIndex>(oid).cloned();
        let after = index(self.to.catalog, new.oid);
        if facts.contains(&"definition") {
            let valid = after.as_ref().is_some_and(|index| index.indisvalid);
            self.exchange_index(key, a, b, valid);
            return;
        }
        for fact in facts {
            let Some(after) = &after else { continue };
            let (sql, risk, why) = match fact {
                "options" => (
                    super::options::reloptions(
                        "INDEX",
                        &name,
                        &old.reloptions,
                        &new.reloptions,
                        "",
                    ),
                    Risk::Low,
                    "for pages written from here on",
                ),
                "valid" if after.indisvalid => {
                    let sql = if self.options.online {
                        format!("REINDEX INDEX CONCURRENTLY {name};")
                    } else {
                        format!("REINDEX INDEX {name};")
                    };
                    let at = self.alter_step(Stage::Indexes, key, a.address, b.address, vec![sql]);
                    if self.options.online {
                        self.steps[at]
                            .statements
                            .iter_mut()
                            .for_each(|one| one.transactional = false);
                    }
                    self.risk(at, Risk::Medium, format!("{table} is read whole; writing goes on"));
                    continue;
                }
                "valid" => {
                    self.leave(key, "it is invalid there", "nobody wants an invalid index");
                    continue;
                }
                "clustered on" => (
                    vec![if after.indisclustered {
                        format!("ALTER TABLE {table} CLUSTER ON {};", part.name)
                    } else {
                        format!("ALTER TABLE {table} SET WITHOUT CLUSTER;")
                    }],
                    Risk::Low,
                    "a mark for the next CLUSTER",
                ),
                "replica identity" if after.indisreplident => (
                    vec![format!(
                        "ALTER TABLE ONLY {table} REPLICA IDENTITY USING INDEX {};",
                        part.name
                    )],
                    Risk::Medium,
                    "subscribers find rows by it from here on",
                ),
                "replica identity" => continue, // the table says which it has instead
                "statistics" => {
                    let targets = new.attributes.iter().map(|column| {
                        let target =
                            column.attstattarget.filter(|target| *target >= 0).unwrap_or(-1);
                        format!(
                            "ALTER INDEX {name} ALTER COLUMN {} SET STATISTICS {target};",
                            column.attnum
                        )
                    });
                    (targets.collect(), Risk::Low, "for the next ANALYZE")
                }
                other => {
                    self.leave(key, other, "there is no statement that changes this in place");
                    continue;
                }
            };
            if !sql.is_empty() {
                let at = self.alter_step(Stage::Replacements, key, a.address, b.address, sql);
                self.risk(at, risk, why);
            }
        }
    }

    pub(super) fn alter_trigger(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        facts: &[&'static str],
    ) {
        let facts = self.alter_common(key, a, b, facts);
        let Some(part) = &key.part else { return };
        if facts == ["enabled"] {
            let row = self.to.catalog.get::<PgTrigger>(b.address.object);
            let word = enable_word(row.map_or(b'O', |row| row.tgenabled));
            let sql = format!("ALTER TABLE {} {word} TRIGGER {};", key.owner.name, part.name);
            let at = self.alter_step(Stage::Replacements, key, a.address, b.address, vec![sql]);
            self.risk(
                at,
                Risk::Medium,
                "SHARE ROW EXCLUSIVE lock on the table, for a moment; what it does starts or stops",
            );
        } else if !facts.is_empty() {
            self.exchange(key, a, b, "a trigger's definition cannot be altered");
        }
    }

    /// Drops and makes again within one transaction, where nothing else is touched.
    fn exchange(&mut self, key: &Key, a: &Portrait, b: &Portrait, why: &str) {
        let first = self.steps.len();
        self.replace(key, a, b, why);
        for step in &mut self.steps[first..] {
            step.stage = Stage::Replacements;
        }
    }

    pub(super) fn alter_policy(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        facts: &[&'static str],
    ) {
        let facts = self.alter_common(key, a, b, facts);
        if facts.is_empty() {
            return;
        }
        let (Some(old), Some(new), Some(part)) = (
            self.from.catalog.get::<PgPolicy>(a.address.object).cloned(),
            self.to.catalog.get::<PgPolicy>(b.address.object).cloned(),
            &key.part,
        ) else {
            return;
        };
        let taken_away = old.polqual.is_some() && new.polqual.is_none()
            || old.polwithcheck.is_some() && new.polwithcheck.is_none();
        if old.polcmd != new.polcmd || old.polpermissive != new.polpermissive || taken_away {
            return self.exchange(key, a, b, "ALTER POLICY cannot change this");
        }
        let mut sql = format!("ALTER POLICY {} ON {}", part.name, key.owner.name);
        if facts.contains(&"roles") {
            let roles: Vec<String> = new
                .polroles
                .iter()
                .map(|oid| match self.to.catalog.get::<PgAuthid>(*oid) {
                    Some(row) => quote_identifier(&row.rolname).into_owned(),
                    None => "PUBLIC".to_string(),
                })
                .collect();
            let roles = if roles.is_empty() { "PUBLIC".to_string() } else { roles.join(", ") };
            sql.push_str(&format!(" TO {roles}"));
        }
        for (word, fact, expr) in
            [("USING", "using", &new.polqual), ("WITH CHECK", "with check", &new.polwithcheck)]
        {
            if let Some(expr) = expr.as_ref().filter(|_| facts.contains(&fact)) {
                let source = self.to.parts.deparse().expression(expr, new.polrelid, true);
                sql.push_str(&format!(" {word} ({source})"));
            }
        }
        let at = self.alter_step(
            Stage::Replacements,
            key,
            a.address,
            b.address,
            vec![format!("{sql};")],
        );
        self.risk(at, Risk::Medium, "who sees or writes which rows changes at once");
    }

    pub(super) fn alter_rule(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        facts: &[&'static str],
    ) {
        let facts = self.alter_common(key, a, b, facts);
        let Some(part) = &key.part else { return };
        if facts.is_empty() {
            return;
        }
        let mut sql = Vec::new();
        if facts != ["enabled"] {
            let printed = self.to.print(b.address);
            let text = printed.first().map_or("", |entry| &entry.made);
            sql.extend(
                statements(text)
                    .into_iter()
                    .take(1)
                    .map(|one| one.replacen("CREATE RULE", "CREATE OR REPLACE RULE", 1)),
            );
        }
        if facts.contains(&"enabled") {
            let row = self.to.catalog.get::<PgRewrite>(b.address.object);
            let word = enable_word(row.map_or(b'O', |row| row.ev_enabled));
            sql.push(format!("ALTER TABLE {} {word} RULE {};", key.owner.name, part.name));
        }
        let at = self.alter_step(Stage::Replacements, key, a.address, b.address, sql);
        self.risk(
            at,
            Risk::Medium,
            "ACCESS EXCLUSIVE lock on the table, for a moment; what statements do changes",
        );
    }

    pub(super) fn alter_statistics(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        facts: &[&'static str],
    ) {
        let facts = self.alter_common(key, a, b, facts);
        let Some(part) = &key.part else { return };
        if facts == ["target"] {
            let row = self.to.catalog.get::<PgStatisticExt>(b.address.object);
            let target =
                row.and_then(|row| row.stxstattarget).filter(|target| *target >= 0).unwrap_or(-1);
            let sql = format!("ALTER STATISTICS {} SET STATISTICS {target};", part.name);
            let at = self.alter_step(Stage::Replacements, key, a.address, b.address, vec![sql]);
            self.risk(at, Risk::Low, "for the next ANALYZE");
        } else if !facts.is_empty() {
            self.exchange(key, a, b, "the definition of statistics cannot be altered");
        }
    }
}

/// How a trigger, rule or event trigger is switched.
pub(super) fn enable_word(code: u8) -> &'static str {
    match code {
        b'D' => "DISABLE",
        b'A' => "ENABLE ALWAYS",
        b'R' => "ENABLE REPLICA",
        _ => "ENABLE", // 'O'
    }
}
