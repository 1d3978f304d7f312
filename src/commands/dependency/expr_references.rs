//! Which objects an expression or a query refers to (PostgreSQL: find_expr_references_walker, catalog/dependency.c).

use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{
    Catalog, PgClass, PgCollation, PgNamespace, PgOperator, PgProc, PgTsConfig, PgTsDict, PgType,
};
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::expr_type;
use crate::nodes::primnodes::*;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

use super::record::{record_dependency_on, record_multiple_dependencies};

/// Makes `dependent` depend on what the expression refers to; its Vars are of `rtable` (PostgreSQL:
/// recordDependencyOnExpr).
pub fn record_dependency_on_expr(
    catalog: &mut Catalog,
    dependent: ObjectAddress,
    expr: &Expr,
    rtable: &[RangeTblEntry],
    kind: DependType,
) -> PgResult<()> {
    let mut walker = Walker::new(catalog, vec![rtable]);
    walker.expr(expr)?;
    let found = walker.finish();
    record_multiple_dependencies(catalog, dependent, &found, kind);
    Ok(())
}

/// Makes `dependent` depend on what the query refers to (PostgreSQL: recordDependencyOnExpr of a Query).
pub fn record_dependency_on_query(
    catalog: &mut Catalog,
    dependent: ObjectAddress,
    query: &Query,
    kind: DependType,
) -> PgResult<()> {
    let mut walker = Walker::new(catalog, Vec::new());
    walker.query(query)?;
    let found = walker.finish();
    record_multiple_dependencies(catalog, dependent, &found, kind);
    Ok(())
}

/// As `record_dependency_on_expr` for an expression whose only relation is `relation` (Vars with varno 1): what it says
/// of that relation gets `self_kind`, in the other direction when `reverse_self` (PostgreSQL:
/// recordDependencyOnSingleRelExpr).
pub fn record_dependency_on_single_rel_expr(
    catalog: &mut Catalog,
    dependent: ObjectAddress,
    expr: &Expr,
    relation: Oid,
    kind: DependType,
    self_kind: DependType,
    reverse_self: bool,
) -> PgResult<()> {
    let rtable = [RangeTblEntry {
        kind: RteKind::Relation { relid: relation, relkind: b'r', tablesample: None },
        alias: None,
        eref: Alias::default(),
        lateral: false,
        in_from_cl: false,
        inh: false,
        perms: Permissions::default(),
    }];
    let mut walker = Walker::new(catalog, vec![&rtable]);
    walker.expr(expr)?;
    let found = walker.finish();
    let own =
        |address: &ObjectAddress| address.class == Class::Relation && address.object == relation;
    for address in found {
        if !own(&address) {
            record_dependency_on(catalog, dependent, address, kind);
        } else if reverse_self {
            record_dependency_on(catalog, address, dependent, self_kind);
        } else {
            record_dependency_on(catalog, dependent, address, self_kind);
        }
    }
    Ok(())
}

struct Walker<'a> {
    catalog: &'a Catalog,
    /// The range tables in force, the innermost last.
    rtables: Vec<&'a [RangeTblEntry]>,
    found: Vec<ObjectAddress>,
}

impl<'a> Walker<'a> {
    fn new(catalog: &'a Catalog, rtables: Vec<&'a [RangeTblEntry]>) -> Walker<'a> {
        Walker { catalog, rtables, found: Vec::new() }
    }

    /// What was found, each once; a whole relation only where none of its columns is (PostgreSQL:
    /// eliminate_duplicate_dependencies).
    fn finish(mut self) -> Vec<ObjectAddress> {
        self.found.sort_unstable();
        self.found.dedup();
        let all = std::mem::take(&mut self.found);
        for (at, address) in all.iter().enumerate() {
            let column_follows = address.sub == 0
                && all.get(at + 1).is_some_and(|next| {
                    next.class == address.class && next.object == address.object
                });
            if !column_follows {
                self.found.push(*address);
            }
        }
        self.found
    }

    fn add(&mut self, class: Class, object: Oid) {
        if object.is_valid() {
            self.found.push(ObjectAddress::new(class, object));
        }
    }

    fn add_type(&mut self, type_id: Oid) {
        self.add(Class::Type, type_id);
    }

    /// The default collation is pinned, so it is left out early.
    fn add_collation(&mut self, collation: Oid) {
        if collation != fixed::DEFAULT_COLLATION_OID {
            self.add(Class::Collation, collation);
        }
    }

    fn var(&mut self, var: &Var) {
        let Some(level) = self.rtables.len().checked_sub(1 + var.varlevelsup as usize) else {
            return;
        };
        // A reference to the whole row names no column.
        if var.varattno == 0 {
            return;
        }
        let entry = (var.varno as usize).checked_sub(1).and_then(|n| self.rtables[level].get(n));
        match entry.map(|entry| &entry.kind) {
            Some(RteKind::Relation { relid, .. }) => {
                self.found.push(ObjectAddress::column(*relid, var.varattno));
            }
            Some(RteKind::Function { functions, .. }) => {
                self.function_column(functions, var.varattno)
            }
            // Vars of other entries stand for expressions that are walked where they are.
            _ => {}
        }
    }

    /// PostgreSQL: process_function_rte_ref.
    fn function_column(&mut self, functions: &[RangeTblFunction], attnum: i16) {
        let mut done = 0usize;
        let Ok(attnum) = usize::try_from(attnum) else { return };
        for function in functions {
            if attnum > done && attnum <= done + function.funccolcount {
                if let Some(relation) = self.type_relation(expr_type(&function.funcexpr))
                    && let Ok(number) = i16::try_from(attnum - done)
                {
                    self.found.push(ObjectAddress::column(relation, number));
                }
                return;
            }
            done += function.funccolcount;
        }
    }

    /// The relation of a composite type or of a domain over one (PostgreSQL: get_typ_typrelid of getBaseType).
    fn type_relation(&self, type_id: Oid) -> Option<Oid> {
        let mut id = type_id;
        loop {
            let row = self.catalog.get::<PgType>(id)?;
            if row.typtype != b'd' {
                return row.typrelid.valid();
            }
            id = row.typbasetype;
        }
    }

    /// A constant of an object-identifier type names an object.
    fn constant(&mut self, constant: &Const) -> PgResult<()> {
        self.add_type(constant.consttype);
        self.add_collation(constant.constcollid);
        let Some(Datum::Oid(object)) = &constant.value else {
            if constant.value.is_some() && constant.consttype == fixed::REGROLEOID {
                return Err(regrole_constant());
            }
            return Ok(());
        };
        let object = *object;
        let catalog = self.catalog;
        let (class, exists) = match constant.consttype {
            fixed::REGPROCOID | fixed::REGPROCEDUREOID => {
                (Class::Proc, catalog.get::<PgProc>(object).is_some())
            }
            fixed::REGOPEROID | fixed::REGOPERATOROID => {
                (Class::Operator, catalog.get::<PgOperator>(object).is_some())
            }
            fixed::REGCLASSOID => (Class::Relation, catalog.get::<PgClass>(object).is_some()),
            fixed::REGTYPEOID => (Class::Type, catalog.get::<PgType>(object).is_some()),
            fixed::REGCOLLATIONOID => {
                (Class::Collation, catalog.get::<PgCollation>(object).is_some())
            }
            fixed::REGCONFIGOID => (Class::TsConfig, catalog.get::<PgTsConfig>(object).is_some()),
            fixed::REGDICTIONARYOID => (Class::TsDict, catalog.get::<PgTsDict>(object).is_some()),
            fixed::REGNAMESPACEOID => {
                (Class::Namespace, catalog.get::<PgNamespace>(object).is_some())
            }
            fixed::REGROLEOID => return Err(regrole_constant()),
            // Any other type's value names no object.
            _ => return Ok(()),
        };
        if exists {
            self.add(class, object);
        }
        Ok(())
    }

    fn exprs<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) -> PgResult<()>
    where
        'a: 'e,
        'e: 'a,
    {
        exprs.into_iter().try_for_each(|expr| self.expr(expr))
    }

    fn sort_clauses(&mut self, clauses: &[SortGroupClause]) {
        for clause in clauses {
            self.add(Class::Operator, clause.eqop);
            self.add(Class::Operator, clause.sortop);
        }
    }

    fn targets(&mut self, targets: &'a [TargetEntry]) -> PgResult<()> {
        self.exprs(targets.iter().map(|entry| &entry.expr))
    }

    fn expr(&mut self, expr: &'a Expr) -> PgResult<()> {
        match expr {
            Expr::Var(var) => self.var(var),
            Expr::Const(constant) => self.constant(constant)?,
            Expr::Param(param) => {
                self.add_type(param.type_id);
                self.add_collation(param.collid);
            }
            Expr::Aggref(agg) => {
                self.add(Class::Proc, agg.aggfnoid);
                self.exprs(&agg.aggdirectargs)?;
                self.targets(&agg.args)?;
                self.sort_clauses(&agg.aggorder);
                self.sort_clauses(&agg.aggdistinct);
                self.exprs(&agg.aggfilter)?;
            }
            Expr::GroupingFunc(grouping) => self.exprs(&grouping.args)?,
            Expr::WindowFunc(window) => {
                self.add(Class::Proc, window.winfnoid);
                self.exprs(&window.args)?;
                self.exprs(&window.aggfilter)?;
            }
            Expr::SubscriptingRef(reference) => {
                if reference.refrestype != reference.refcontainertype
                    && reference.refrestype != reference.refelemtype
                {
                    self.add_type(reference.refrestype);
                }
                self.exprs(reference.refupperindexpr.iter().flatten())?;
                self.exprs(reference.reflowerindexpr.iter().flatten())?;
                self.expr(&reference.refexpr)?;
                self.exprs(&reference.refassgnexpr)?;
            }
            Expr::FuncExpr(function) => {
                self.add(Class::Proc, function.funcid);
                self.exprs(&function.args)?;
            }
            Expr::NamedArgExpr(named) => self.expr(&named.arg)?,
            Expr::OpExpr(op) | Expr::DistinctExpr(op) | Expr::NullIfExpr(op) => {
                self.add(Class::Operator, op.opno);
                self.exprs(&op.args)?;
            }
            Expr::ScalarArrayOpExpr(op) => {
                self.add(Class::Operator, op.opno);
                self.exprs(&op.args)?;
            }
            Expr::BoolExpr(expr) => self.exprs(&expr.args)?,
            Expr::SubLink(link) => {
                self.exprs(&link.testexpr)?;
                self.query(&link.subselect)?;
            }
            Expr::FieldSelect(select) => {
                let arg_type = expr_type(&select.arg);
                match self.type_relation(arg_type) {
                    Some(relation) => {
                        self.found.push(ObjectAddress::column(relation, select.fieldnum))
                    }
                    None => self.add_type(arg_type),
                }
                self.add_collation(select.resultcollid);
                self.expr(&select.arg)?;
            }
            Expr::FieldStore(store) => {
                match self.type_relation(store.resulttype) {
                    Some(relation) => self.found.extend(
                        store.fieldnums.iter().map(|n| ObjectAddress::column(relation, *n)),
                    ),
                    None => self.add_type(store.resulttype),
                }
                self.expr(&store.arg)?;
                self.exprs(&store.newvals)?;
            }
            Expr::RelabelType(relabel) => {
                self.add_type(relabel.resulttype);
                self.add_collation(relabel.resultcollid);
                self.expr(&relabel.arg)?;
            }
            Expr::CoerceViaIO(coerce) => {
                self.add_type(coerce.resulttype);
                self.add_collation(coerce.resultcollid);
                self.expr(&coerce.arg)?;
            }
            Expr::ArrayCoerceExpr(coerce) => {
                self.add_type(coerce.resulttype);
                self.add_collation(coerce.resultcollid);
                self.expr(&coerce.arg)?;
                self.expr(&coerce.elemexpr)?;
            }
            Expr::ConvertRowtypeExpr(convert) => {
                self.add_type(convert.resulttype);
                self.expr(&convert.arg)?;
            }
            Expr::CollateExpr(collate) => {
                self.add(Class::Collation, collate.coll_oid);
                self.expr(&collate.arg)?;
            }
            Expr::CaseExpr(case) => {
                self.exprs(&case.arg)?;
                for when in &case.args {
                    self.expr(&when.expr)?;
                    self.expr(&when.result)?;
                }
                self.expr(&case.defresult)?;
            }
            Expr::ArrayExpr(array) => self.exprs(&array.elements)?,
            Expr::RowExpr(row) => {
                self.add_type(row.row_typeid);
                self.exprs(&row.args)?;
            }
            Expr::RowCompareExpr(compare) => {
                compare.opnos.iter().for_each(|op| self.add(Class::Operator, *op));
                compare.opfamilies.iter().for_each(|family| self.add(Class::Opfamily, *family));
                self.exprs(&compare.largs)?;
                self.exprs(&compare.rargs)?;
            }
            Expr::CoalesceExpr(coalesce) => self.exprs(&coalesce.args)?,
            Expr::MinMaxExpr(minmax) => self.exprs(&minmax.args)?,
            Expr::XmlExpr(xml) => {
                self.exprs(&xml.named_args)?;
                self.exprs(&xml.args)?;
            }
            Expr::JsonValueExpr(value) => {
                self.expr(&value.raw_expr)?;
                self.expr(&value.formatted_expr)?;
            }
            Expr::JsonConstructorExpr(constructor) => {
                self.exprs(&constructor.args)?;
                self.exprs(&constructor.func)?;
                self.exprs(&constructor.coercion)?;
            }
            Expr::JsonIsPredicate(predicate) => self.expr(&predicate.expr)?,
            Expr::JsonExpr(json) => {
                self.expr(&json.formatted_expr)?;
                self.expr(&json.path_spec)?;
                self.exprs(&json.passing_values)?;
                for behavior in [&json.on_empty, &json.on_error].into_iter().flatten() {
                    self.exprs(&behavior.expr)?;
                }
            }
            Expr::NullTest(test) => self.expr(&test.arg)?,
            Expr::BooleanTest(test) => self.expr(&test.arg)?,
            Expr::CoerceToDomain(coerce) => {
                self.add_type(coerce.resulttype);
                self.expr(&coerce.arg)?;
            }
            Expr::NextValueExpr { seqid, .. } => self.add(Class::Relation, *seqid),
            Expr::ReturningExpr(returning) => self.expr(&returning.retexpr)?,
            Expr::MergeSupportFunc { .. }
            | Expr::CaseTestExpr { .. }
            | Expr::SQLValueFunction(_)
            | Expr::CoerceToDomainValue { .. }
            | Expr::SetToDefault { .. }
            | Expr::CurrentOfExpr { .. } => {}
        }
        Ok(())
    }

    fn query(&mut self, query: &'a Query) -> PgResult<()> {
        self.rtables.push(&query.rtable);
        for entry in &query.rtable {
            self.range_table_entry(entry)?;
        }
        self.assigned_columns(query);
        query.constraint_deps.iter().for_each(|id| self.add(Class::Constraint, *id));
        for cte in &query.cte_list {
            if let Some(cycle) = &cte.cycle_clause {
                self.add_type(cycle.cycle_mark_type);
                self.add_collation(cycle.cycle_mark_collation);
                self.add(Class::Operator, cycle.cycle_mark_neop);
                self.expr(&cycle.cycle_mark_value)?;
                self.expr(&cycle.cycle_mark_default)?;
            }
            self.query(&cte.ctequery)?;
        }
        self.from_list(&query.jointree.fromlist)?;
        self.exprs(&query.jointree.quals)?;
        for action in &query.merge_action_list {
            self.exprs(&action.qual)?;
            self.targets(&action.target_list)?;
        }
        self.exprs(&query.merge_join_condition)?;
        self.targets(&query.target_list)?;
        if let Some(conflict) = &query.on_conflict {
            self.add(Class::Constraint, conflict.constraint);
            self.exprs(conflict.arbiter_elems.iter().map(|elem| &elem.expr))?;
            self.exprs(&conflict.arbiter_where)?;
            self.targets(&conflict.on_conflict_set)?;
            self.exprs(&conflict.on_conflict_where)?;
        }
        self.targets(&query.returning_list)?;
        self.sort_clauses(&query.group_clause);
        self.exprs(&query.having_qual)?;
        for window in &query.window_clause {
            self.sort_clauses(&window.partition_clause);
            self.sort_clauses(&window.order_clause);
            self.exprs(&window.start_offset)?;
            self.exprs(&window.end_offset)?;
        }
        self.sort_clauses(&query.distinct_clause);
        self.sort_clauses(&query.sort_clause);
        self.exprs(&query.limit_offset)?;
        self.exprs(&query.limit_count)?;
        if let Some(operation) = &query.set_operations {
            self.set_operation(operation);
        }
        self.rtables.pop();
        Ok(())
    }

    /// INSERT and UPDATE depend on the columns they write to.
    fn assigned_columns(&mut self, query: &Query) {
        if !matches!(query.command_type, CmdType::CmdInsert | CmdType::CmdUpdate) {
            return;
        }
        let entry =
            (query.result_relation as usize).checked_sub(1).and_then(|n| query.rtable.get(n));
        if let Some(RteKind::Relation { relid, .. }) = entry.map(|entry| &entry.kind) {
            let columns = query.target_list.iter().filter(|target| !target.resjunk);
            self.found.extend(columns.map(|target| ObjectAddress::column(*relid, target.resno)));
        }
    }

    fn set_operation(&mut self, operation: &SetOperationStmt) {
        self.sort_clauses(&operation.group_clauses);
        for side in [&operation.larg, &operation.rarg] {
            if let SetOpNode::Op(inner) = side {
                self.set_operation(inner);
            }
        }
    }

    fn from_list(&mut self, nodes: &'a [JoinTreeNode]) -> PgResult<()> {
        for node in nodes {
            if let JoinTreeNode::Join(join) = node {
                self.from_list(std::slice::from_ref(&join.larg))?;
                self.from_list(std::slice::from_ref(&join.rarg))?;
                self.exprs(&join.quals)?;
            }
        }
        Ok(())
    }

    fn range_table_entry(&mut self, entry: &'a RangeTblEntry) -> PgResult<()> {
        match &entry.kind {
            RteKind::Relation { relid, tablesample, .. } => {
                self.add(Class::Relation, *relid);
                if let Some(sample) = tablesample {
                    self.add(Class::Proc, sample.tsmhandler);
                    self.exprs(&sample.args)?;
                    self.exprs(&sample.repeatable)?;
                }
            }
            RteKind::Subquery { query, .. } => self.query(query)?,
            RteKind::Join(join) => {
                self.exprs(join.joinaliasvars.iter().take(join.joinmergedcols))?
            }
            RteKind::Function { functions, .. } => {
                for function in functions {
                    self.columns(&function.columns);
                    self.expr(&function.funcexpr)?;
                }
            }
            RteKind::TableFunc(table) => {
                self.columns(&table.columns);
                self.exprs(&table.ns_uris)?;
                self.expr(&table.docexpr)?;
                self.exprs(&table.rowexpr)?;
                self.exprs(table.colexprs.iter().flatten())?;
                self.exprs(table.coldefexprs.iter().flatten())?;
                self.exprs(table.colvalexprs.iter().flatten())?;
                self.exprs(&table.passingvalexprs)?;
            }
            RteKind::Values { lists, .. } => self.exprs(lists.iter().flatten())?,
            RteKind::Group { exprs } => self.exprs(exprs)?,
            RteKind::NamedTuplestore { name, .. } => {
                return Err(PgError::new(
                    sqlstate::INVALID_COLUMN_REFERENCE,
                    format!(
                        "transition table \"{name}\" cannot be referenced in a persistent object"
                    ),
                )
                .into());
            }
            RteKind::Cte { .. } | RteKind::Result => {}
        }
        Ok(())
    }

    fn columns(&mut self, columns: &RteColumns) {
        columns.types.iter().for_each(|id| self.add_type(*id));
        columns.collations.iter().for_each(|id| self.add_collation(*id));
    }
}

fn regrole_constant() -> crate::findings::Stop {
    PgError::new(
        sqlstate::FEATURE_NOT_SUPPORTED,
        "constant of the type regrole cannot be used here",
    )
    .into()
}
