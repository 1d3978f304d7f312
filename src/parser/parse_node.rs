//! The state of one query's parse analysis (PostgreSQL: ParseState, parser/parse_node.h).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::catalog::Catalog;
pub use crate::catalog::shared::Shared;
use crate::nodes::primnodes::{
    CommonTableExpr, Expr, JoinExpr, JoinTreeNode, RangeTblEntry, TargetEntry, VarReturningType,
    VarSyntax,
};
use crate::nodes::tree::{self, Node};
use crate::pg::name::Name;
use crate::pg::oid::Oid;

/// Where an expression stands, which decides what it may contain (PostgreSQL: ParseExprKind).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExprKind {
    None,
    Other,
    JoinOn,
    JoinUsing,
    FromSubselect,
    FromFunction,
    Where,
    Having,
    Filter,
    WindowPartition,
    WindowOrder,
    WindowFrameRange,
    WindowFrameRows,
    WindowFrameGroups,
    SelectTarget,
    InsertTarget,
    UpdateSource,
    UpdateTarget,
    MergeWhen,
    GroupBy,
    OrderBy,
    DistinctOn,
    Limit,
    Offset,
    Returning,
    MergeReturning,
    Values,
    ValuesSingle,
    CheckConstraint,
    DomainCheck,
    ColumnDefault,
    FunctionDefault,
    IndexExpression,
    IndexPredicate,
    StatsExpression,
    AlterColTransform,
    ExecuteParameter,
    TriggerWhen,
    Policy,
    PartitionBound,
    PartitionExpression,
    CallArgument,
    CopyWhere,
    GeneratedColumn,
    CycleMark,
}

/// How one column of a namespace item is reached (PostgreSQL: ParseNamespaceColumn).
#[derive(Debug, Clone, PartialEq)]
pub struct NamespaceColumn {
    pub varno: u32,
    /// 0 for a dropped column.
    pub varattno: i16,
    pub vartype: Oid,
    pub vartypmod: i32,
    pub varcollid: Oid,
    pub varreturningtype: VarReturningType,
    /// The syntactic referent: a join's own column.
    pub varnosyn: u32,
    pub varattnosyn: i16,
    pub dontexpand: bool,
}

impl NamespaceColumn {
    /// What a Var of this column was written as.
    pub fn syntax(&self) -> VarSyntax {
        if (self.varnosyn, self.varattnosyn) == (self.varno, self.varattno) {
            return VarSyntax::default();
        }
        VarSyntax { varnosyn: self.varnosyn, varattnosyn: self.varattnosyn }
    }
}

/// A range table entry that names can reach (PostgreSQL: ParseNamespaceItem).
#[derive(Debug, Clone)]
pub struct NamespaceItem {
    /// The table and column names by which it is known.
    pub name: Name,
    pub colnames: Rc<Vec<Name>>,
    pub rtindex: u32,
    pub columns: Rc<Vec<NamespaceColumn>>,
    pub rel_visible: bool,
    pub cols_visible: bool,
    pub lateral_only: bool,
    pub lateral_ok: bool,
    pub returning_type: VarReturningType,
}

/// What `$n` and unknown column names mean to the caller (functions' arguments, PL/pgSQL's variables).
#[derive(Clone, Default)]
pub enum ParamSource<'a> {
    /// No parameters: `$1` is refused (42P02).
    #[default]
    None,
    /// Parameters of fixed types, as of a SQL function; names may be referenced, qualified by the function's name.
    Function { name: Name, types: &'a [Oid], names: &'a [Option<Name>], collation: Oid },
    /// Parameters whose types are deduced from use (PREPARE); grows as they are met. InvalidOid: not yet known.
    Variable(Rc<RefCell<Vec<Oid>>>),
    /// Anything else that has names of its own.
    Hook(Rc<dyn ParamHook + 'a>),
}

/// A caller with variables of its own (PostgreSQL: p_pre_columnref_hook, p_post_columnref_hook, p_paramref_hook).
pub trait ParamHook {
    /// A column reference before columns are looked up; Some when the variable wins.
    fn pre_columnref(&self, fields: &tree::ColumnRef) -> Option<crate::findings::PgResult<Expr>>;
    /// A column reference that no column satisfies (or that one does, when `found` is true and ambiguity is an error).
    fn post_columnref(
        &self,
        fields: &tree::ColumnRef,
        found: bool,
    ) -> Option<crate::findings::PgResult<Expr>>;
    /// `$n`; None where there is no such parameter.
    fn paramref(&self, number: i32, location: i32) -> Option<crate::findings::PgResult<Expr>>;
}

/// A set-returning function that was met: which one, counted through the statement, and where (PostgreSQL: p_last_srf).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastSrf {
    pub serial: u32,
    pub location: i32,
}

/// The state of one query level.
pub struct ParseState<'a> {
    pub shared: Shared<'a>,
    pub parent: Option<&'a ParseState<'a>>,
    pub rtable: Vec<RangeTblEntry>,
    /// Columns (range table index, attnum) that are read, from this level or a lower one.
    pub selected: RefCell<Vec<(u32, i16)>>,
    /// Transition tables of the trigger whose function this is: their names and their table.
    pub query_env: Rc<Vec<(Name, Oid)>>,
    /// For each range table entry the JoinExpr that it is.
    pub joinexprs: Vec<Option<Box<JoinExpr>>>,
    pub joinlist: Vec<JoinTreeNode>,
    pub namespace: Vec<NamespaceItem>,
    pub lateral_active: bool,
    /// WITH's members in scope; one that is not analysed yet (a self-reference) has a query of kind CmdUnknown.
    pub ctenamespace: Vec<Rc<RefCell<CommonTableExpr>>>,
    /// Common table expressions that are not yet visible, for the hint of an error.
    pub future_ctes: Vec<Name>,
    /// The common table expression whose query this is; its column types are set once they are known.
    pub parent_cte: Option<Rc<RefCell<CommonTableExpr>>>,
    pub target_nsitem: Option<NamespaceItem>,
    pub target_relation: Oid,
    pub is_insert: bool,
    pub windowdefs: Vec<tree::WindowDef>,
    pub expr_kind: ExprKind,
    pub next_resno: i16,
    pub multiassign_exprs: Vec<TargetEntry>,
    pub locking_clause: Vec<Node>,
    pub locked_from_parent: bool,
    pub resolve_unknowns: bool,
    /// Set by an aggregate of a lower level too.
    pub has_aggs: Cell<bool>,
    pub has_window_funcs: bool,
    pub has_target_srfs: bool,
    pub has_sub_links: bool,
    pub has_modifying_cte: bool,
    /// The last set-returning function met in this expression, to tell nesting.
    pub last_srf: Option<LastSrf>,
    pub params: ParamSource<'a>,
    /// The type that `VALUE` has in a domain's CHECK.
    pub domain_value: Option<Expr>,
}

impl<'a> ParseState<'a> {
    /// A new level under `parent`, or the outermost (PostgreSQL: make_parsestate).
    pub fn new(shared: Shared<'a>, parent: Option<&'a ParseState<'a>>) -> ParseState<'a> {
        ParseState {
            shared,
            parent,
            rtable: Vec::new(),
            selected: RefCell::new(Vec::new()),
            query_env: parent.map_or_else(Default::default, |p| p.query_env.clone()),
            joinexprs: Vec::new(),
            joinlist: Vec::new(),
            namespace: Vec::new(),
            lateral_active: false,
            ctenamespace: Vec::new(),
            future_ctes: Vec::new(),
            parent_cte: None,
            target_nsitem: None,
            target_relation: Oid::INVALID,
            is_insert: false,
            windowdefs: Vec::new(),
            expr_kind: ExprKind::None,
            next_resno: 1,
            multiassign_exprs: Vec::new(),
            locking_clause: Vec::new(),
            locked_from_parent: false,
            resolve_unknowns: true,
            has_aggs: Cell::new(false),
            has_window_funcs: false,
            has_target_srfs: false,
            has_sub_links: false,
            has_modifying_cte: false,
            last_srf: None,
            params: parent.map_or(ParamSource::None, |p| p.params.clone()),
            domain_value: None,
        }
    }

    /// The catalog that names are looked up in.
    pub fn catalog(&self) -> &'a Catalog {
        self.shared.catalog
    }
}
