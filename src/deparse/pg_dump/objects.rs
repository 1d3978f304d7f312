//! What a dump consists of and what each part needs (PostgreSQL: DumpableObject, getDependencies).

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::pg::oid::Oid;

/// In order of priority (PostgreSQL: dbObjectTypePriority).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Namespace,
    Language,
    Collation,
    Transform,
    Extension,
    Type,
    ShellType,
    Cast,
    Function,
    Aggregate,
    AccessMethod,
    Operator,
    Opclass,
    Opfamily,
    Conversion,
    TsParser,
    TsTemplate,
    TsDict,
    TsConfig,
    Fdw,
    ForeignServer,
    Table,
    TableAttach,
    DummyType,
    AttrDef,
    PreDataBoundary,
    PostDataBoundary,
    Constraint,
    Index,
    IndexAttach,
    Statistics,
    Rule,
    Trigger,
    FkConstraint,
    RowSecurity,
    Policy,
    Publication,
    PublicationRel,
    PublicationNamespace,
    Subscription,
    DefaultAcl,
    EventTrigger,
}

impl Kind {
    /// Kinds that are sorted together.
    fn priority(self) -> Kind {
        match self {
            Kind::ShellType => Kind::Type,
            Kind::Opclass => Kind::Opfamily,
            Kind::RowSecurity => Kind::Policy,
            other => other,
        }
    }

    fn is_post_data(self) -> bool {
        self > Kind::PostDataBoundary
    }
}

/// PostgreSQL: DumpableObject.
#[derive(Debug, Clone)]
pub(super) struct Object {
    pub(super) kind: Kind,
    pub(super) class: Class,
    pub(super) oid: Oid,
    /// The table of a publication's member.
    pub(super) other: Oid,
    pub(super) namespace: Option<String>,
    pub(super) name: String,
    /// What decides between objects of the same name.
    pub(super) tie: Vec<String>,
    pub(super) relkind: u8,
    pub(super) dump: bool,
    /// Of a built-in object or an extension's member only changed privileges are printed.
    pub(super) acl_only: bool,
    pub(super) deps: Vec<usize>,
    /// The table, domain or view that the object is a part of.
    pub(super) parent: Option<usize>,
    pub(super) shell: Option<usize>,
    /// Whether it is printed on its own instead of within its parent.
    pub(super) is_separate: bool,
    /// A view printed without its query first; a materialized view or function after the data.
    pub(super) taken_apart: bool,
}

pub(super) struct Objects {
    pub(super) list: Vec<Object>,
    pub(super) index: HashMap<(Class, Oid), usize>,
    pre: usize,
    post: usize,
}

impl Objects {
    /// None yet.
    pub(super) fn new() -> Objects {
        Objects { list: Vec::new(), index: HashMap::new(), pre: 0, post: 0 }
    }

    pub(super) fn find(&self, class: Class, oid: Oid) -> Option<usize> {
        self.index.get(&(class, oid)).copied()
    }

    /// PostgreSQL: DOTypeNameCompare.
    pub(super) fn compare(&self, a: usize, b: usize) -> Ordering {
        let (a, b) = (&self.list[a], &self.list[b]);
        let namespaces = match (&a.namespace, &b.namespace) {
            (Some(a), Some(b)) => a.cmp(b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        a.kind
            .priority()
            .cmp(&b.kind.priority())
            .then(namespaces)
            .then_with(|| a.name.cmp(&b.name))
            .then_with(|| a.kind.cmp(&b.kind))
            .then_with(|| a.tie.cmp(&b.tie))
            .then(a.oid.cmp(&b.oid))
    }

    pub(super) fn require(&mut self, dependent: usize, referenced: usize) {
        self.list[dependent].deps.push(referenced);
    }

    pub(super) fn release(&mut self, dependent: usize, referenced: usize) {
        self.list[dependent].deps.retain(|dependency| *dependency != referenced);
    }

    /// Prints the part on its own, after its parent.
    pub(super) fn make_separate(&mut self, part: usize, parent: usize, post_data: bool) {
        self.list[part].is_separate = true;
        self.require(part, parent);
        if post_data {
            let post = self.post;
            self.require(part, post);
        }
    }

    /// What an address stands for: an index, a table, a function …
    fn find_address(&self, address: ObjectAddress) -> Option<usize> {
        let class = match address.class {
            Class::Index | Class::Sequence | Class::ForeignTable | Class::PartitionedTable => {
                Class::Relation
            }
            Class::Aggregate => Class::Proc,
            other => other,
        };
        self.find(class, address.object)
    }

    /// PostgreSQL: getDependencies.
    pub(super) fn catalog_dependencies(&mut self, catalog: &Catalog) {
        for entry in catalog.depend().iter() {
            match entry.kind {
                DependType::Normal
                | DependType::Auto
                | DependType::Internal
                | DependType::PartitionPri
                | DependType::PartitionSec
                | DependType::AutoExtension => {}
                DependType::Extension
                | DependType::Owner
                | DependType::Acl
                | DependType::Policy
                | DependType::Tablespace => continue,
            }
            let Some(dependent) = self.find_address(entry.dependent) else { continue };
            let Some(referenced) = self.find_address(entry.referenced) else { continue };
            if dependent == referenced {
                continue;
            }
            let composite = entry.kind == DependType::Internal
                && self.list[dependent].kind == Kind::Table
                && self.list[referenced].kind == Kind::Type;
            if composite {
                self.require(referenced, dependent);
            } else {
                self.require(dependent, referenced);
            }
        }
    }

    /// A foreign key to a partitioned table needs the whole index attached (PostgreSQL: addConstrChildIdxDeps).
    pub(super) fn foreign_keys_after_attachments(
        &mut self,
        catalog: &Catalog,
        attachments: &[(usize, usize)],
    ) {
        let keys: Vec<usize> =
            (0..self.list.len()).filter(|id| self.list[*id].kind == Kind::FkConstraint).collect();
        for id in keys {
            let Some(row) = catalog.get::<PgConstraint>(self.list[id].oid) else { continue };
            let Some(index) = self.find(Class::Relation, row.conindid) else { continue };
            let mut pending = vec![index];
            while let Some(index) = pending.pop() {
                for (_, attach) in attachments.iter().filter(|(parent, _)| *parent == index) {
                    self.require(id, *attach);
                    pending.extend(self.find(Class::Relation, self.list[*attach].oid));
                }
            }
        }
    }

    /// PostgreSQL: addBoundaryDependencies.
    pub(super) fn boundaries(&mut self) {
        let count = self.list.len();
        let boundary = |kind| Object {
            kind,
            class: Class::Database,
            oid: Oid::INVALID,
            other: Oid::INVALID,
            namespace: None,
            name: String::new(),
            tie: Vec::new(),
            relkind: 0,
            dump: false,
            acl_only: false,
            deps: Vec::new(),
            parent: None,
            shell: None,
            is_separate: false,
            taken_apart: false,
        };
        self.list.push(boundary(Kind::PreDataBoundary));
        self.list.push(boundary(Kind::PostDataBoundary));
        (self.pre, self.post) = (count, count + 1);
        let (pre, post) = (self.pre, self.post);
        for id in 0..count {
            let object = &self.list[id];
            let separable =
                matches!(object.kind, Kind::Rule | Kind::Constraint | Kind::FkConstraint);
            if separable && !object.is_separate {
                continue;
            }
            if object.kind.is_post_data() {
                self.require(id, post);
            } else {
                self.require(pre, id);
            }
        }
        self.require(post, pre);
    }

    fn chosen(&self, choose: impl Fn(&Object) -> bool) -> HashSet<Oid> {
        self.list.iter().filter(|object| choose(object)).map(|object| object.oid).collect()
    }

    pub(super) fn dummy_views(&self) -> HashSet<Oid> {
        self.chosen(|object| object.taken_apart && object.relkind == b'v')
    }

    pub(super) fn postponed(&self) -> HashSet<Oid> {
        self.chosen(|object| object.taken_apart && object.relkind != b'v')
    }

    pub(super) fn separate(&self) -> HashSet<(Class, Oid)> {
        let separate = self.list.iter().filter(|object| object.is_separate);
        separate.map(|object| (object.class, object.oid)).collect()
    }
}
