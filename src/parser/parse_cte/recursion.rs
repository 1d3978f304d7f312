//! WITH RECURSIVE: which member needs which, and where a member may refer to itself.

use crate::findings::PgResult;
use crate::nodes::node_funcs::{raw_list_location, raw_location};
use crate::nodes::raw_walker::{RawRef, visit, walk_children, walk_select};
use crate::nodes::tree::{
    CommonTableExpr, JoinType, Node, RangeVar, SelectStmt, SetOperation, WithClause,
};
use crate::parser::errors::error_at;
use crate::pg::sqlstate;

/// A member of WITH RECURSIVE.
pub(super) struct Item<'n> {
    pub cte: &'n CommonTableExpr,
    pub recursive: bool,
    id: usize,
    depends_on: Vec<usize>,
}

impl<'n> Item<'n> {
    pub(super) fn new(cte: &'n CommonTableExpr) -> Item<'n> {
        Item { cte, recursive: false, id: 0, depends_on: Vec::new() }
    }
}

fn name_of(cte: &CommonTableExpr) -> &str {
    cte.ctename.as_deref().unwrap_or_default()
}

/// The names of inner WITH clauses, which hide the outer members.
type InnerWiths = Vec<Vec<String>>;

fn is_hidden(inner: &InnerWiths, name: &str) -> bool {
    inner.iter().any(|names| names.iter().any(|n| n == name))
}

fn with_of(node: &RawRef<'_>) -> Option<WithClause> {
    let with = match node {
        RawRef::Select(n) => &n.with_clause,
        RawRef::Node(Node::InsertStmt(n)) => &n.with_clause,
        RawRef::Node(Node::UpdateStmt(n)) => &n.with_clause,
        RawRef::Node(Node::DeleteStmt(n)) => &n.with_clause,
        RawRef::Node(Node::MergeStmt(n)) => &n.with_clause,
        RawRef::Node(_) | RawRef::RangeVar(_) => return None,
    };
    with.as_deref().cloned()
}

/// Walks the members of an inner WITH with their names in scope, then calls `rest` on the statement itself
/// (PostgreSQL: WalkInnerWith).
fn within<C>(
    with: &WithClause,
    context: &mut C,
    inner: fn(&mut C) -> &mut InnerWiths,
    member: &mut dyn FnMut(&Node, &mut C) -> PgResult<()>,
    rest: &mut dyn FnMut(&mut C) -> PgResult<()>,
) -> PgResult<()> {
    let ctes = || {
        with.ctes.iter().filter_map(|node| match node {
            Node::CommonTableExpr(cte) => Some(cte),
            _ => None, // the grammar puts nothing else into WITH
        })
    };
    let all: Vec<String> = ctes().map(|cte| name_of(cte).to_string()).collect();
    let visible = if with.recursive { all } else { Vec::new() };
    inner(context).push(visible);
    for cte in ctes() {
        if let Some(query) = &cte.ctequery {
            member(query, context)?;
        }
        if !with.recursive
            && let Some(names) = inner(context).last_mut()
        {
            names.push(name_of(cte).to_string());
        }
    }
    let result = rest(context);
    inner(context).pop();
    result
}

/// What the search for dependencies of one member has found.
struct Dependencies<'n> {
    names: Vec<&'n str>,
    current: usize,
    found: Vec<usize>,
    recursive: bool,
    inner: InnerWiths,
}

impl Dependencies<'_> {
    fn walk(&mut self, node: RawRef<'_>) -> PgResult<()> {
        if let Some(with) = with_of(&node) {
            return within(
                &with,
                self,
                |c| &mut c.inner,
                &mut |query, c| c.walk_node(query),
                &mut |c| c.children(node),
            );
        }
        match node {
            RawRef::RangeVar(relation) => {
                self.reference(relation);
                Ok(())
            }
            RawRef::Node(_) | RawRef::Select(_) => self.children(node),
        }
    }

    fn walk_node(&mut self, node: &Node) -> PgResult<()> {
        let mut result = Ok(());
        visit(node, &mut |child| {
            result = self.walk(child);
            result.is_err()
        });
        result
    }

    fn children(&mut self, node: RawRef<'_>) -> PgResult<()> {
        let mut result = Ok(());
        let f = &mut |child: RawRef<'_>| {
            result = self.walk(child);
            result.is_err()
        };
        match node {
            RawRef::Node(node) => walk_children(node, f),
            RawRef::Select(select) => walk_select(select, f),
            RawRef::RangeVar(_) => false,
        };
        result
    }

    fn reference(&mut self, relation: &RangeVar) {
        let Some(name) = relation.relname.as_deref().filter(|_| relation.schemaname.is_none())
        else {
            return;
        };
        if is_hidden(&self.inner, name) {
            return;
        }
        match self.names.iter().position(|n| *n == name) {
            Some(index) if index == self.current => self.recursive = true,
            Some(index) => self.found.push(index),
            None => {}
        }
    }
}

/// Sorts the members so that each comes after those it needs, and marks those that refer to themselves (PostgreSQL:
/// makeDependencyGraph).
pub(super) fn make_dependency_graph(items: &mut [Item]) -> PgResult<()> {
    let names: Vec<&str> = items.iter().map(|item| name_of(item.cte)).collect();
    for (current, item) in items.iter_mut().enumerate() {
        let mut search = Dependencies {
            names: names.clone(),
            current,
            found: Vec::new(),
            recursive: false,
            inner: Vec::new(),
        };
        if let Some(query) = &item.cte.ctequery {
            search.walk_node(query)?;
        }
        item.id = current;
        item.recursive = search.recursive;
        item.depends_on = search.found;
    }
    for i in 0..items.len() {
        let Some(ready) = (i..items.len()).find(|j| items[*j].depends_on.is_empty()) else {
            return error_at(
                sqlstate::FEATURE_NOT_SUPPORTED,
                "mutual recursion between WITH items is not implemented",
                items[i].cte.location.0,
            );
        };
        items.swap(i, ready);
        let id = items[i].id;
        for item in &mut items[i + 1..] {
            item.depends_on.retain(|other| *other != id);
        }
    }
    Ok(())
}

/// Where in a recursive query a reference stands (PostgreSQL: RecursionContext).
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Ok,
    NonRecursiveTerm,
    Sublink,
    OuterJoin,
    Intersect,
    Except,
}

impl Place {
    fn as_str(self) -> &'static str {
        match self {
            Place::Ok => "",
            Place::NonRecursiveTerm => "its non-recursive term",
            Place::Sublink => "a subquery",
            Place::OuterJoin => "an outer join",
            Place::Intersect => "INTERSECT",
            Place::Except => "EXCEPT",
        }
    }
}

struct WellFormed<'n> {
    name: &'n str,
    place: Place,
    references: usize,
    inner: InnerWiths,
}

/// PostgreSQL: checkWellFormedRecursion.
pub(super) fn check_well_formed(items: &[Item]) -> PgResult<()> {
    for item in items.iter().filter(|item| item.recursive) {
        check_item(item.cte)?;
    }
    Ok(())
}

fn check_item(cte: &CommonTableExpr) -> PgResult<()> {
    let (name, location) = (name_of(cte), cte.location.0);
    let Some(Node::SelectStmt(select)) = &cte.ctequery else {
        return error_at(
            sqlstate::INVALID_RECURSION,
            format!("recursive query \"{name}\" must not contain data-modifying statements"),
            location,
        );
    };
    if select.op != SetOperation::SetopUnion {
        return error_at(
            sqlstate::INVALID_RECURSION,
            format!(
                "recursive query \"{name}\" does not have the form non-recursive-term UNION [ALL] recursive-term"
            ),
            location,
        );
    }
    let mut check = WellFormed { name, place: Place::Sublink, references: 0, inner: Vec::new() };
    if let Some(with) = &select.with_clause {
        for node in &with.ctes {
            if let Node::CommonTableExpr(inner) = node
                && let Some(query) = &inner.ctequery
            {
                check.walk_node(query)?;
            }
        }
    }
    let refused = [
        ("ORDER BY", !select.sort_clause.is_empty(), raw_list_location(&select.sort_clause)),
        (
            "OFFSET",
            select.limit_offset.is_some(),
            select.limit_offset.as_ref().map_or(-1, raw_location),
        ),
        (
            "LIMIT",
            select.limit_count.is_some(),
            select.limit_count.as_ref().map_or(-1, raw_location),
        ),
        (
            "FOR UPDATE/SHARE",
            !select.locking_clause.is_empty(),
            raw_list_location(&select.locking_clause),
        ),
    ];
    for (clause, present, location) in refused {
        if present {
            return error_at(
                sqlstate::FEATURE_NOT_SUPPORTED,
                format!("{clause} in a recursive query is not implemented"),
                location,
            );
        }
    }
    for (side, place) in [(&select.larg, Place::NonRecursiveTerm), (&select.rarg, Place::Ok)] {
        check.references = 0;
        check.place = place;
        if let Some(side) = side {
            check.walk(RawRef::Select(side))?;
        }
    }
    Ok(())
}

impl WellFormed<'_> {
    fn walk_node(&mut self, node: &Node) -> PgResult<()> {
        let mut result = Ok(());
        visit(node, &mut |child| {
            result = self.walk(child);
            result.is_err()
        });
        result
    }

    fn walk_option(&mut self, node: &Option<Node>) -> PgResult<()> {
        node.as_ref().map_or(Ok(()), |node| self.walk_node(node))
    }

    /// Walks with another place in force.
    fn at(&mut self, place: Place, node: &Option<Node>) -> PgResult<()> {
        let saved = std::mem::replace(&mut self.place, place);
        let result = self.walk_option(node);
        self.place = saved;
        result
    }

    /// PostgreSQL: checkWellFormedRecursionWalker.
    fn walk(&mut self, node: RawRef<'_>) -> PgResult<()> {
        match node {
            RawRef::RangeVar(relation) => self.reference(relation),
            RawRef::Select(select) => match with_of(&node) {
                Some(with) => within(
                    &with,
                    self,
                    |c| &mut c.inner,
                    &mut |query, c| c.walk_node(query),
                    &mut |c| c.select(select),
                ),
                None => self.select(select),
            },
            RawRef::Node(Node::JoinExpr(join)) => {
                let outer = if self.place == Place::Ok { Place::OuterJoin } else { self.place };
                let inner = self.place;
                let (left, right) = match join.jointype {
                    JoinType::JoinInner => (inner, inner),
                    JoinType::JoinLeft => (inner, outer),
                    JoinType::JoinRight => (outer, inner),
                    _ => (outer, outer), // a full join; the grammar makes no other
                };
                self.at(left, &join.larg)?;
                self.at(right, &join.rarg)?;
                self.walk_option(&join.quals)
            }
            RawRef::Node(Node::SubLink(link)) => {
                self.at(Place::Sublink, &link.subselect)?;
                self.walk_option(&link.testexpr)
            }
            RawRef::Node(node) => {
                let mut result = Ok(());
                walk_children(node, &mut |child| {
                    result = self.walk(child);
                    result.is_err()
                });
                result
            }
        }
    }

    /// PostgreSQL: checkWellFormedSelectStmt.
    fn select(&mut self, select: &SelectStmt) -> PgResult<()> {
        let saved = self.place;
        let places = match select.op {
            _ if saved != Place::Ok => None, // the place cannot get better again
            SetOperation::SetopNone | SetOperation::SetopUnion => None,
            SetOperation::SetopIntersect => {
                let place = if select.all { Place::Intersect } else { saved };
                Some((place, place))
            }
            SetOperation::SetopExcept => {
                Some((if select.all { Place::Except } else { saved }, Place::Except))
            }
        };
        let Some((left, right)) = places else {
            let mut result = Ok(());
            walk_select(select, &mut |child| {
                result = self.walk(child);
                result.is_err()
            });
            return result;
        };
        for (side, place) in [(&select.larg, left), (&select.rarg, right)] {
            self.place = place;
            if let Some(side) = side {
                self.walk(RawRef::Select(side))?;
            }
        }
        self.place = saved;
        for node in &select.sort_clause {
            self.walk_node(node)?;
        }
        self.walk_option(&select.limit_offset)?;
        self.walk_option(&select.limit_count)
    }

    fn reference(&mut self, relation: &RangeVar) -> PgResult<()> {
        if relation.schemaname.is_some()
            || relation.relname.as_deref() != Some(self.name)
            || is_hidden(&self.inner, self.name)
        {
            return Ok(());
        }
        let (name, location) = (self.name, relation.location.0);
        if self.place != Place::Ok {
            return error_at(
                sqlstate::INVALID_RECURSION,
                format!(
                    "recursive reference to query \"{name}\" must not appear within {}",
                    self.place.as_str()
                ),
                location,
            );
        }
        self.references += 1;
        if self.references > 1 {
            return error_at(
                sqlstate::INVALID_RECURSION,
                format!("recursive reference to query \"{name}\" must not appear more than once"),
                location,
            );
        }
        Ok(())
    }
}
