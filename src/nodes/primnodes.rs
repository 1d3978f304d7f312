//! The analysed tree: expressions with types and queries with resolved names (PostgreSQL: nodes/primnodes.h, Query and
//! RangeTblEntry of parsenodes.h). Parse analysis makes it, the catalog stores it, deparse prints it.

use std::sync::Arc;

use super::ParseLoc;
pub use super::tree::{
    BoolExprType, BoolTestType, CTEMaterialize, CmdType, CoercionContext, CoercionForm, JoinType,
    JsonBehaviorType, JsonEncoding, JsonExprOp, JsonFormatType, JsonValueType, JsonWrapper,
    LimitOption, LockClauseStrength, LockWaitPolicy, MergeMatchKind, MinMaxOp, NullTestType,
    OnConflictAction, OverridingKind, SQLValueFunctionOp, SetOperation, SubLinkType, XmlExprOp,
    XmlOptionType,
};
use crate::pg::name::Name;
use crate::pg::oid::Oid;

/// An analysed expression (PostgreSQL: Expr and its subtypes).
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    Var(Var),
    Const(Const),
    Param(Param),
    Aggref(Box<Aggref>),
    GroupingFunc(Box<GroupingFunc>),
    WindowFunc(Box<WindowFunc>),
    MergeSupportFunc {
        result_type: Oid,
        collid: Oid,
        location: ParseLoc,
    },
    SubscriptingRef(Box<SubscriptingRef>),
    FuncExpr(Box<FuncExpr>),
    NamedArgExpr(Box<NamedArgExpr>),
    OpExpr(Box<OpExpr>),
    /// `IS DISTINCT FROM`.
    DistinctExpr(Box<OpExpr>),
    NullIfExpr(Box<OpExpr>),
    ScalarArrayOpExpr(Box<ScalarArrayOpExpr>),
    BoolExpr(Box<BoolExpr>),
    SubLink(Box<SubLink>),
    FieldSelect(Box<FieldSelect>),
    FieldStore(Box<FieldStore>),
    RelabelType(Box<RelabelType>),
    CoerceViaIO(Box<CoerceViaIO>),
    ArrayCoerceExpr(Box<ArrayCoerceExpr>),
    ConvertRowtypeExpr(Box<ConvertRowtypeExpr>),
    CollateExpr(Box<CollateExpr>),
    CaseExpr(Box<CaseExpr>),
    CaseTestExpr {
        type_id: Oid,
        type_mod: i32,
        collation: Oid,
    },
    ArrayExpr(Box<ArrayExpr>),
    RowExpr(Box<RowExpr>),
    RowCompareExpr(Box<RowCompareExpr>),
    CoalesceExpr(Box<CoalesceExpr>),
    MinMaxExpr(Box<MinMaxExpr>),
    SQLValueFunction(SQLValueFunction),
    XmlExpr(Box<XmlExpr>),
    JsonValueExpr(Box<JsonValueExpr>),
    JsonConstructorExpr(Box<JsonConstructorExpr>),
    JsonIsPredicate(Box<JsonIsPredicate>),
    JsonExpr(Box<JsonExpr>),
    NullTest(Box<NullTest>),
    BooleanTest(Box<BooleanTest>),
    CoerceToDomain(Box<CoerceToDomain>),
    CoerceToDomainValue {
        type_id: Oid,
        type_mod: i32,
        collation: Oid,
        location: ParseLoc,
    },
    SetToDefault {
        type_id: Oid,
        type_mod: i32,
        collation: Oid,
        location: ParseLoc,
    },
    CurrentOfExpr {
        cvarno: u32,
        cursor_name: Option<Name>,
        cursor_param: i32,
    },
    NextValueExpr {
        seqid: Oid,
        type_id: Oid,
    },
    ReturningExpr(Box<ReturningExpr>),
}

/// Which row of RETURNING a Var speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum VarReturningType {
    #[default]
    Default,
    Old,
    New,
}

/// A column reference: `varno` is 1-based in the range table `varlevelsup` queries up; `varattno` 0 is the whole row,
/// negative a system column.
#[derive(Debug, Clone, PartialEq)]
pub struct Var {
    pub varno: u32,
    pub varattno: i16,
    pub vartype: Oid,
    pub vartypmod: i32,
    pub varcollid: Oid,
    pub varlevelsup: u32,
    pub varreturningtype: VarReturningType,
    pub syntax: VarSyntax,
    pub location: ParseLoc,
}

/// The entry and column that a Var was written as: that of a join with an alias, else none. All are equal to each
/// other, as PostgreSQL's equal() ignores varnosyn and varattnosyn.
#[derive(Debug, Clone, Copy, Default)]
pub struct VarSyntax {
    /// 0 where it is the same as varno, varattno.
    pub varnosyn: u32,
    pub varattnosyn: i16,
}

impl PartialEq for VarSyntax {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A constant; `value` None is NULL.
#[derive(Debug, Clone, PartialEq)]
pub struct Const {
    pub consttype: Oid,
    pub consttypmod: i32,
    pub constcollid: Oid,
    pub value: Option<Datum>,
    pub location: ParseLoc,
}

/// A constant's value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Datum {
    /// In the form that the type's output function prints (for unknown: the literal itself).
    Text(Arc<str>),
    /// The input text of a type whose output form we do not compute.
    Raw(Arc<str>),
    /// A reg* value: the object itself, so that it follows renames.
    Oid(Oid),
}

/// Where a Param gets its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParamKind {
    Extern,
    Exec,
    Sublink,
    Multiexpr,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Param {
    pub kind: ParamKind,
    pub id: i32,
    pub type_id: Oid,
    pub type_mod: i32,
    pub collid: Oid,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Aggref {
    pub aggfnoid: Oid,
    pub aggtype: Oid,
    pub aggcollid: Oid,
    pub inputcollid: Oid,
    pub aggargtypes: Vec<Oid>,
    pub aggdirectargs: Vec<Expr>,
    pub args: Vec<TargetEntry>,
    pub aggorder: Vec<SortGroupClause>,
    pub aggdistinct: Vec<SortGroupClause>,
    pub aggfilter: Option<Expr>,
    pub aggstar: bool,
    pub aggvariadic: bool,
    /// 'n' normal, 'o' ordered-set, 'h' hypothetical-set.
    pub aggkind: u8,
    pub agglevelsup: u32,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct GroupingFunc {
    pub args: Vec<Expr>,
    pub refs: Vec<u32>,
    pub agglevelsup: u32,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct WindowFunc {
    pub winfnoid: Oid,
    pub wintype: Oid,
    pub wincollid: Oid,
    pub inputcollid: Oid,
    pub args: Vec<Expr>,
    pub aggfilter: Option<Expr>,
    pub winref: u32,
    pub winstar: bool,
    pub winagg: bool,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SubscriptingRef {
    pub refcontainertype: Oid,
    pub refelemtype: Oid,
    pub refrestype: Oid,
    pub reftypmod: i32,
    pub refcollid: Oid,
    /// None: an omitted bound of a slice.
    pub refupperindexpr: Vec<Option<Expr>>,
    /// Empty when there is no slice.
    pub reflowerindexpr: Vec<Option<Expr>>,
    pub refexpr: Expr,
    pub refassgnexpr: Option<Expr>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct FuncExpr {
    pub funcid: Oid,
    pub funcresulttype: Oid,
    pub funcretset: bool,
    pub funcvariadic: bool,
    pub funcformat: CoercionForm,
    pub funccollid: Oid,
    pub inputcollid: Oid,
    pub args: Vec<Expr>,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct NamedArgExpr {
    pub arg: Expr,
    pub name: Name,
    pub argnumber: i32,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct OpExpr {
    pub opno: Oid,
    pub opfuncid: Oid,
    pub opresulttype: Oid,
    pub opretset: bool,
    pub opcollid: Oid,
    pub inputcollid: Oid,
    pub args: Vec<Expr>,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ScalarArrayOpExpr {
    pub opno: Oid,
    pub opfuncid: Oid,
    /// ANY when true, ALL when false.
    pub use_or: bool,
    pub inputcollid: Oid,
    pub args: Vec<Expr>,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct BoolExpr {
    pub boolop: BoolExprType,
    pub args: Vec<Expr>,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SubLink {
    pub sub_link_type: SubLinkType,
    pub sub_link_id: i32,
    pub testexpr: Option<Expr>,
    pub oper_name: Vec<Name>,
    pub subselect: Box<Query>,
    /// Of ARRAY(SELECT …) the array's type, else InvalidOid.
    pub array_type: Oid,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct FieldSelect {
    pub arg: Expr,
    pub fieldnum: i16,
    pub resulttype: Oid,
    pub resulttypmod: i32,
    pub resultcollid: Oid,
}

#[derive(Debug, Clone, PartialEq)]
pub struct FieldStore {
    pub arg: Expr,
    pub newvals: Vec<Expr>,
    pub fieldnums: Vec<i16>,
    pub resulttype: Oid,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RelabelType {
    pub arg: Expr,
    pub resulttype: Oid,
    pub resulttypmod: i32,
    pub resultcollid: Oid,
    pub relabelformat: CoercionForm,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CoerceViaIO {
    pub arg: Expr,
    pub resulttype: Oid,
    pub resultcollid: Oid,
    pub coerceformat: CoercionForm,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ArrayCoerceExpr {
    pub arg: Expr,
    /// What is done to each element; its input is a CaseTestExpr.
    pub elemexpr: Expr,
    pub resulttype: Oid,
    pub resulttypmod: i32,
    pub resultcollid: Oid,
    pub coerceformat: CoercionForm,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ConvertRowtypeExpr {
    pub arg: Expr,
    pub resulttype: Oid,
    pub convertformat: CoercionForm,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CollateExpr {
    pub arg: Expr,
    pub coll_oid: Oid,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CaseExpr {
    pub casetype: Oid,
    pub casecollid: Oid,
    pub arg: Option<Expr>,
    pub args: Vec<CaseWhen>,
    /// ELSE; parse analysis makes an omitted one a NULL constant.
    pub defresult: Expr,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CaseWhen {
    pub expr: Expr,
    pub result: Expr,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ArrayExpr {
    pub array_typeid: Oid,
    pub array_collid: Oid,
    pub element_typeid: Oid,
    pub elements: Vec<Expr>,
    pub multidims: bool,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RowExpr {
    pub args: Vec<Expr>,
    pub row_typeid: Oid,
    pub row_format: CoercionForm,
    pub colnames: Vec<Name>,
    pub location: ParseLoc,
}

/// The comparison that a row comparison makes (PostgreSQL: CompareType).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompareType {
    Lt,
    Le,
    Eq,
    Ge,
    Gt,
    Ne,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RowCompareExpr {
    pub cmptype: CompareType,
    pub opnos: Vec<Oid>,
    pub opfamilies: Vec<Oid>,
    pub inputcollids: Vec<Oid>,
    pub largs: Vec<Expr>,
    pub rargs: Vec<Expr>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CoalesceExpr {
    pub coalescetype: Oid,
    pub coalescecollid: Oid,
    pub args: Vec<Expr>,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct MinMaxExpr {
    pub minmaxtype: Oid,
    pub minmaxcollid: Oid,
    pub inputcollid: Oid,
    pub op: MinMaxOp,
    pub args: Vec<Expr>,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SQLValueFunction {
    pub op: SQLValueFunctionOp,
    pub type_id: Oid,
    pub typmod: i32,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct XmlExpr {
    pub op: XmlExprOp,
    pub name: Option<Name>,
    pub named_args: Vec<Expr>,
    pub arg_names: Vec<Name>,
    pub args: Vec<Expr>,
    pub xmloption: XmlOptionType,
    pub indent: bool,
    pub type_id: Oid,
    pub typmod: i32,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct JsonFormat {
    pub format_type: JsonFormatType,
    pub encoding: JsonEncoding,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct JsonReturning {
    pub format: JsonFormat,
    pub typid: Oid,
    pub typmod: i32,
}

#[derive(Debug, Clone, PartialEq)]
pub struct JsonValueExpr {
    pub raw_expr: Expr,
    pub formatted_expr: Expr,
    pub format: JsonFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JsonConstructorType {
    Object,
    Array,
    ObjectAgg,
    ArrayAgg,
    Parse,
    Scalar,
    Serialize,
}

#[derive(Debug, Clone, PartialEq)]
pub struct JsonConstructorExpr {
    pub constructor: JsonConstructorType,
    pub args: Vec<Expr>,
    pub func: Option<Expr>,
    pub coercion: Option<Expr>,
    pub returning: JsonReturning,
    pub absent_on_null: bool,
    pub unique: bool,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct JsonIsPredicate {
    pub expr: Expr,
    pub format: JsonFormat,
    pub item_type: JsonValueType,
    pub unique_keys: bool,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct JsonBehavior {
    pub btype: JsonBehaviorType,
    pub expr: Option<Expr>,
    pub coerce: bool,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct JsonExpr {
    pub op: JsonExprOp,
    pub column_name: Option<Name>,
    pub formatted_expr: Expr,
    pub format: JsonFormat,
    pub path_spec: Expr,
    pub returning: JsonReturning,
    pub passing_names: Vec<Name>,
    pub passing_values: Vec<Expr>,
    pub on_empty: Option<JsonBehavior>,
    pub on_error: Option<JsonBehavior>,
    pub use_io_coercion: bool,
    pub use_json_coercion: bool,
    pub wrapper: JsonWrapper,
    pub omit_quotes: bool,
    pub collation: Oid,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct NullTest {
    pub arg: Expr,
    pub nulltesttype: NullTestType,
    pub argisrow: bool,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct BooleanTest {
    pub arg: Expr,
    pub booltesttype: BoolTestType,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CoerceToDomain {
    pub arg: Expr,
    pub resulttype: Oid,
    pub resulttypmod: i32,
    pub resultcollid: Oid,
    pub coercionformat: CoercionForm,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ReturningExpr {
    pub retlevelsup: u32,
    pub retold: bool,
    pub retexpr: Expr,
}

/// One output column of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetEntry {
    pub expr: Expr,
    /// 1-based; in INSERT and UPDATE the number of the target column.
    pub resno: i16,
    pub resname: Option<Name>,
    /// Nonzero where a sort or group clause refers to it.
    pub ressortgroupref: u32,
    /// The table and column that the value comes from, InvalidOid and 0 when it is not a simple reference.
    pub resorigtbl: Oid,
    pub resorigcol: i16,
    pub resjunk: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortGroupClause {
    pub tle_sort_group_ref: u32,
    pub eqop: Oid,
    pub sortop: Oid,
    pub reverse_sort: bool,
    pub nulls_first: bool,
    pub hashable: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroupingSetKind {
    Empty,
    Simple,
    Rollup,
    Cube,
    Sets,
}

#[derive(Debug, Clone, PartialEq)]
pub struct GroupingSet {
    pub kind: GroupingSetKind,
    /// The sort group references of a Simple set.
    pub refs: Vec<u32>,
    pub content: Vec<GroupingSet>,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct WindowClause {
    pub name: Option<Name>,
    pub refname: Option<Name>,
    pub partition_clause: Vec<SortGroupClause>,
    pub order_clause: Vec<SortGroupClause>,
    /// PostgreSQL: FRAMEOPTION_* bits.
    pub frame_options: i32,
    pub start_offset: Option<Expr>,
    pub end_offset: Option<Expr>,
    pub winref: u32,
    pub copied_order: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowMarkClause {
    pub rti: u32,
    pub strength: LockClauseStrength,
    pub wait_policy: LockWaitPolicy,
    pub pushed_down: bool,
}

/// An alias: of a range table entry its name and its columns' names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Alias {
    pub aliasname: Name,
    pub colnames: Vec<Name>,
}

/// One entry of a query's range table.
#[derive(Debug, Clone, PartialEq)]
pub struct RangeTblEntry {
    pub kind: RteKind,
    /// As the user wrote it.
    pub alias: Option<Alias>,
    /// With every column's name filled in.
    pub eref: Alias,
    pub lateral: bool,
    pub in_from_cl: bool,
    /// Whether descendants are included (no ONLY).
    pub inh: bool,
    /// Permissions asked for, and columns by number + 7 (FirstLowInvalidHeapAttributeNumber), as PostgreSQL's
    /// RTEPermissionInfo; they decide column dependencies of whole-query references too.
    pub perms: Permissions,
}

/// PostgreSQL: RTEPermissionInfo.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Permissions {
    pub required: u32,
    pub selected_cols: Vec<i16>,
    pub inserted_cols: Vec<i16>,
    pub updated_cols: Vec<i16>,
}

/// What a range table entry is.
#[derive(Debug, Clone, PartialEq)]
pub enum RteKind {
    Relation {
        relid: Oid,
        relkind: u8,
        tablesample: Option<Box<TableSampleClause>>,
    },
    Subquery {
        query: Box<Query>,
        security_barrier: bool,
    },
    Join(Box<JoinRte>),
    Function {
        functions: Vec<RangeTblFunction>,
        ordinality: bool,
    },
    TableFunc(Box<TableFunc>),
    Values {
        lists: Vec<Vec<Expr>>,
        columns: RteColumns,
    },
    Cte {
        name: Name,
        levels_up: u32,
        self_reference: bool,
        columns: RteColumns,
    },
    /// A transition table of a trigger.
    NamedTuplestore {
        name: Name,
        relid: Oid,
        columns: RteColumns,
    },
    Result,
    Group {
        exprs: Vec<Expr>,
    },
}

/// Types of an entry's columns where no table gives them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RteColumns {
    pub types: Vec<Oid>,
    pub typmods: Vec<i32>,
    pub collations: Vec<Oid>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct JoinRte {
    pub jointype: JoinType,
    /// How many of the columns are merged by USING.
    pub joinmergedcols: usize,
    pub joinaliasvars: Vec<Expr>,
    pub joinleftcols: Vec<i32>,
    pub joinrightcols: Vec<i32>,
    pub join_using_alias: Option<Alias>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TableSampleClause {
    pub tsmhandler: Oid,
    pub args: Vec<Expr>,
    pub repeatable: Option<Expr>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RangeTblFunction {
    pub funcexpr: Expr,
    pub funccolcount: usize,
    /// From a column definition list; empty without one.
    pub funccolnames: Vec<Name>,
    pub columns: RteColumns,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableFuncType {
    XmlTable,
    JsonTable,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TableFunc {
    pub functype: TableFuncType,
    pub ns_uris: Vec<Expr>,
    pub ns_names: Vec<Option<Name>>,
    pub docexpr: Expr,
    pub rowexpr: Option<Expr>,
    pub colnames: Vec<Name>,
    pub columns: RteColumns,
    pub colexprs: Vec<Option<Expr>>,
    pub coldefexprs: Vec<Option<Expr>>,
    pub colvalexprs: Vec<Option<Expr>>,
    pub passingvalexprs: Vec<Expr>,
    pub passingnames: Vec<Name>,
    pub notnulls: Vec<i32>,
    pub ordinalitycol: i32,
    /// JSON_TABLE's nested paths.
    pub plan: Option<Box<JsonTablePlan>>,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub enum JsonTablePlan {
    PathScan {
        path: Arc<str>,
        path_name: Name,
        error_on_error: bool,
        child: Option<Box<JsonTablePlan>>,
        /// The columns of this path: first and last index (0-based), -1 when it has none.
        col_min: i32,
        col_max: i32,
    },
    SiblingJoin {
        left: Box<JsonTablePlan>,
        right: Box<JsonTablePlan>,
    },
}

/// A member of the join tree.
#[derive(Debug, Clone, PartialEq)]
pub enum JoinTreeNode {
    /// 1-based index in the range table.
    RangeTblRef(u32),
    Join(Box<JoinExpr>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct JoinExpr {
    pub jointype: JoinType,
    pub is_natural: bool,
    pub larg: JoinTreeNode,
    pub rarg: JoinTreeNode,
    pub using_clause: Vec<Name>,
    pub join_using_alias: Option<Alias>,
    pub quals: Option<Expr>,
    pub alias: Option<Alias>,
    pub rtindex: u32,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct FromExpr {
    pub fromlist: Vec<JoinTreeNode>,
    pub quals: Option<Expr>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct OnConflictExpr {
    pub action: OnConflictAction,
    pub arbiter_elems: Vec<InferenceElem>,
    pub arbiter_where: Option<Expr>,
    pub constraint: Oid,
    pub on_conflict_set: Vec<TargetEntry>,
    pub on_conflict_where: Option<Expr>,
    pub excl_rel_index: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub struct InferenceElem {
    pub expr: Expr,
    pub infercollid: Oid,
    pub inferopclass: Oid,
}

#[derive(Debug, Clone, PartialEq)]
pub struct MergeAction {
    pub match_kind: MergeMatchKind,
    pub command_type: CmdType,
    pub override_: OverridingKind,
    pub qual: Option<Expr>,
    pub target_list: Vec<TargetEntry>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CommonTableExpr {
    pub ctename: Name,
    pub aliascolnames: Vec<Name>,
    pub ctematerialized: CTEMaterialize,
    pub ctequery: Box<Query>,
    pub search_clause: Option<CTESearchClause>,
    pub cycle_clause: Option<CTECycleClause>,
    pub cterecursive: bool,
    pub cterefcount: u32,
    pub ctecolnames: Vec<Name>,
    pub columns: RteColumns,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CTESearchClause {
    pub search_col_list: Vec<Name>,
    pub search_breadth_first: bool,
    pub search_seq_column: Name,
    pub location: ParseLoc,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CTECycleClause {
    pub cycle_col_list: Vec<Name>,
    pub cycle_mark_column: Name,
    pub cycle_mark_value: Expr,
    pub cycle_mark_default: Expr,
    pub cycle_path_column: Name,
    pub cycle_mark_type: Oid,
    pub cycle_mark_typmod: i32,
    pub cycle_mark_collation: Oid,
    pub cycle_mark_neop: Oid,
    pub location: ParseLoc,
}

/// A leaf or a node of a tree of set operations.
#[derive(Debug, Clone, PartialEq)]
pub enum SetOpNode {
    RangeTblRef(u32),
    Op(Box<SetOperationStmt>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct SetOperationStmt {
    pub op: SetOperation,
    pub all: bool,
    pub larg: SetOpNode,
    pub rarg: SetOpNode,
    pub columns: RteColumns,
    pub group_clauses: Vec<SortGroupClause>,
}

/// A utility statement that stands as a query.
#[derive(Debug, Clone, PartialEq)]
pub enum Utility {
    Notify {
        channel: Name,
        payload: Option<Arc<str>>,
    },
    /// Any other, by its node type's name.
    Other(&'static str),
}

/// An analysed statement (PostgreSQL: Query).
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    pub command_type: CmdType,
    /// The utility statement of a CmdUtility query (EXPLAIN's, a cursor's own, a rule's NOTIFY).
    pub utility: Option<Utility>,
    /// 1-based; 0 for SELECT.
    pub result_relation: u32,
    pub has_aggs: bool,
    pub has_window_funcs: bool,
    pub has_target_srfs: bool,
    pub has_sub_links: bool,
    pub has_distinct_on: bool,
    pub has_recursive: bool,
    pub has_modifying_cte: bool,
    pub has_for_update: bool,
    pub is_return: bool,
    pub cte_list: Vec<CommonTableExpr>,
    pub rtable: Vec<RangeTblEntry>,
    pub jointree: FromExpr,
    pub merge_action_list: Vec<MergeAction>,
    pub merge_target_relation: u32,
    pub merge_join_condition: Option<Expr>,
    pub target_list: Vec<TargetEntry>,
    pub override_: OverridingKind,
    pub on_conflict: Option<Box<OnConflictExpr>>,
    pub returning_old_alias: Option<Name>,
    pub returning_new_alias: Option<Name>,
    pub returning_list: Vec<TargetEntry>,
    pub group_clause: Vec<SortGroupClause>,
    pub group_distinct: bool,
    pub grouping_sets: Vec<GroupingSet>,
    pub having_qual: Option<Expr>,
    pub window_clause: Vec<WindowClause>,
    pub distinct_clause: Vec<SortGroupClause>,
    pub sort_clause: Vec<SortGroupClause>,
    pub limit_offset: Option<Expr>,
    pub limit_count: Option<Expr>,
    pub limit_option: LimitOption,
    pub row_marks: Vec<RowMarkClause>,
    pub set_operations: Option<Box<SetOperationStmt>>,
    /// Primary keys that make ungrouped columns valid.
    pub constraint_deps: Vec<Oid>,
}

impl Query {
    /// A query of the given kind with nothing in it.
    pub fn new(command_type: CmdType) -> Query {
        Query {
            command_type,
            utility: None,
            result_relation: 0,
            has_aggs: false,
            has_window_funcs: false,
            has_target_srfs: false,
            has_sub_links: false,
            has_distinct_on: false,
            has_recursive: false,
            has_modifying_cte: false,
            has_for_update: false,
            is_return: false,
            cte_list: Vec::new(),
            rtable: Vec::new(),
            jointree: FromExpr::default(),
            merge_action_list: Vec::new(),
            merge_target_relation: 0,
            merge_join_condition: None,
            target_list: Vec::new(),
            override_: OverridingKind::OverridingNotSet,
            on_conflict: None,
            returning_old_alias: None,
            returning_new_alias: None,
            returning_list: Vec::new(),
            group_clause: Vec::new(),
            group_distinct: false,
            grouping_sets: Vec::new(),
            having_qual: None,
            window_clause: Vec::new(),
            distinct_clause: Vec::new(),
            sort_clause: Vec::new(),
            limit_offset: None,
            limit_count: None,
            limit_option: LimitOption::LimitOptionDefault,
            row_marks: Vec::new(),
            set_operations: None,
            constraint_deps: Vec::new(),
        }
    }
}
