//! LIKE: what a new table takes over from another (PostgreSQL: transformTableLikeClause and expandTableLikeClause,
//! parser/parse_utilcmd.c).

use std::sync::Arc;

use super::CreateStmtContext;
use super::index_constraints::{empty_index_elem, empty_index_stmt};
use super::make::{collation_names, make_column_def, make_constraint, make_def_elem};
use super::serial::generate_serial_extra_stmts;
use crate::catalog::depend::DependType;
use crate::catalog::lsyscache::{
    get_default_opclass, get_namespace_name, get_opname, get_typcollation,
};
use crate::catalog::namespace::range_var_get_relid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{
    Catalog, PgAm, PgAttrdef, PgAttribute, PgClass, PgConstraint, PgIndex, PgOpclass, PgOperator,
    PgSequence, PgStatisticExt, PgTablespace,
};
use crate::commands::Context;
use crate::commands::dependency::{get_owned_sequences, record_dependency_on};
use crate::commands::heap::{add_relation_new_constraints, store_attr_default};
use crate::commands::indexcmds::{DefineIndexOptions, define_index};
use crate::commands::naming::choose_relation_name;
use crate::commands::relation_kinds::relkind_not_supported;
use crate::findings::{PgError, PgResult};
use crate::nodes::Str;
use crate::nodes::accessors::make_string;
use crate::nodes::node_funcs::{expr_type, mutate_expr};
use crate::nodes::primnodes::Expr;
use crate::nodes::tree::{
    ConstrType, IndexElem, IndexStmt, Node, SortByDir, SortByNulls, TableLikeClause,
};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// What LIKE takes over beside columns (PostgreSQL: TableLikeOption).
mod option {
    pub const COMMENTS: u32 = 1 << 0;
    pub const COMPRESSION: u32 = 1 << 1;
    pub const CONSTRAINTS: u32 = 1 << 2;
    pub const DEFAULTS: u32 = 1 << 3;
    pub const GENERATED: u32 = 1 << 4;
    pub const IDENTITY: u32 = 1 << 5;
    pub const INDEXES: u32 = 1 << 6;
    pub const STATISTICS: u32 = 1 << 7;
    pub const STORAGE: u32 = 1 << 8;
}

/// A LIKE that has more to do once the table is there.
#[derive(Debug, Clone)]
pub struct LikeClause {
    pub relid: Oid,
    pub options: u32,
}

/// Takes over the columns (PostgreSQL: transformTableLikeClause).
pub(super) fn transform_table_like_clause(
    context: &mut Context,
    cxt: &mut CreateStmtContext,
    clause: &TableLikeClause,
) -> PgResult<()> {
    let Some(range) = clause.relation.as_deref() else { return Ok(()) };
    let location = range.location.0;
    let since_18 = context.catalog.version().major() >= 18;
    if cxt.isforeign && !since_18 {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "LIKE is not supported for creating foreign tables",
        )
        .at(location)
        .into());
    }
    let relid = range_var_get_relid(&context.shared(), range, false)
        .map_err(|stop| super::with_location(stop, location))?;
    let Some(class) = relid.and_then(|oid| context.catalog.get::<PgClass>(oid)).cloned() else {
        return Ok(());
    };
    if !matches!(class.relkind, b'r' | b'v' | b'm' | b'c' | b'f' | b'p') {
        return Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("relation \"{}\" is invalid in LIKE clause", class.relname),
        )
        .detail(relkind_not_supported(class.relkind))
        .at(location)
        .into());
    }
    let has = |bit: u32| clause.options & bit != 0;
    for attribute in class.live_attributes() {
        let mut column = make_column_def(
            context.catalog,
            &attribute.attname,
            attribute.atttypid,
            attribute.atttypmod,
            attribute.attcollation,
        );
        if since_18 {
            let not_null = not_null_of(context.catalog, class.oid, attribute.attnum);
            if let Some(row) = not_null {
                let mut constraint = super::make_not_null_constraint(&attribute.attname);
                constraint.conname = Some(Str::new(&row.conname));
                constraint.is_no_inherit = row.connoinherit;
                cxt.nnconstraints.push(constraint);
            }
        } else {
            column.is_not_null = attribute.attnotnull;
        }
        if attribute.attgenerated != 0 && has(option::GENERATED) {
            column.generated = attribute.attgenerated;
        }
        if attribute.attidentity != 0 && has(option::IDENTITY) && !cxt.isforeign {
            let options = sequence_options(context.catalog, &class, attribute);
            generate_serial_extra_stmts(
                context,
                cxt,
                &mut column,
                Oid::INVALID,
                &options,
                true,
                false,
            )?;
            column.identity = attribute.attidentity;
        }
        if has(option::STORAGE) {
            column.storage = attribute.attstorage;
        }
        if has(option::COMPRESSION) {
            column.compression = match attribute.attcompression {
                b'p' => Some(Str::new("pglz")),
                b'l' => Some(Str::new("lz4")),
                _ => None, // the default
            };
        }
        cxt.columns.push(column);
    }
    let later = option::DEFAULTS
        | option::GENERATED
        | option::CONSTRAINTS
        | option::INDEXES
        | option::STATISTICS
        | option::COMMENTS;
    if clause.options & later != 0 {
        cxt.likeclauses.push(LikeClause { relid: class.oid, options: clause.options });
    }
    Ok(())
}

fn not_null_of(catalog: &Catalog, relid: Oid, attnum: i16) -> Option<&PgConstraint> {
    catalog
        .find_all::<PgConstraint>(&relid)
        .find(|row| row.contype == b'n' && row.conkey.first() == Some(&attnum))
        .map(Arc::as_ref)
}

/// The options of the sequence behind an identity column (PostgreSQL: sequence_options).
fn sequence_options(catalog: &Catalog, class: &PgClass, attribute: &PgAttribute) -> Vec<Node> {
    let sequences =
        get_owned_sequences(catalog, class.oid, attribute.attnum, Some(DependType::Internal));
    let Some(row) = sequences.first().and_then(|oid| catalog.get::<PgSequence>(*oid)) else {
        return Vec::new();
    };
    let number = |name: &str, value: i64| {
        make_def_elem(name, Some(Node::Float(Str::new(value.to_string()))))
    };
    vec![
        number("cache", row.seqcache),
        make_def_elem("cycle", Some(Node::Boolean(row.seqcycle))),
        number("increment", row.seqincrement),
        number("maxvalue", row.seqmax),
        number("minvalue", row.seqmin),
        number("start", row.seqstart),
        make_def_elem(
            "as",
            Some(Node::TypeName(Box::new(super::make_type_name_from_oid(
                catalog,
                row.seqtypid,
                -1,
            )))),
        ),
    ]
}

/// The expression with its columns' numbers changed; None stands for a whole-row reference (PostgreSQL:
/// map_variable_attnos).
pub fn map_variable_attnos(expr: &Expr, map: &[i16]) -> Option<Expr> {
    let mut whole_row = false;
    let mut expr = expr.clone();
    mutate_expr(&mut expr, &mut |node| {
        let Expr::Var(var) = node else { return };
        if var.varlevelsup != 0 {
            return;
        }
        if var.varattno == 0 {
            whole_row = true;
        }
        let index = usize::try_from(var.varattno).ok().and_then(|n| n.checked_sub(1));
        if let Some(new) = index.and_then(|index| map.get(index)) {
            var.varattno = *new;
        }
    });
    (!whole_row).then_some(expr)
}

/// For each column of `from` the number of the one of that name in `to`, 0 without one (PostgreSQL:
/// build_attrmap_by_name).
fn attribute_map(from: &PgClass, to: &PgClass) -> Vec<i16> {
    from.attributes
        .iter()
        .map(|attribute| {
            if attribute.attisdropped {
                return 0;
            }
            to.attribute_named(&attribute.attname).map_or(0, |found| found.attnum)
        })
        .collect()
}

fn whole_row(detail: String) -> PgError {
    PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, "cannot convert whole-row table reference")
        .detail(detail)
}

/// Takes over defaults, constraints, indexes, statistics and comments (PostgreSQL: expandTableLikeClause).
pub fn expand_table_like_clause(
    context: &mut Context,
    relid: Oid,
    clause: &LikeClause,
) -> PgResult<()> {
    let (Some(child), Some(parent)) = (
        context.catalog.get::<PgClass>(relid).cloned(),
        context.catalog.get::<PgClass>(clause.relid).cloned(),
    ) else {
        return Ok(());
    };
    let has = |bit: u32| clause.options & bit != 0;
    let map = attribute_map(&parent, &child);
    for attribute in parent.live_attributes() {
        let wanted = if attribute.attgenerated != 0 { option::GENERATED } else { option::DEFAULTS };
        if has(wanted) {
            copy_default(context, &parent, &child, attribute, &map)?;
        }
    }
    if has(option::CONSTRAINTS) {
        copy_checks(context, &parent, &child, &map, has(option::COMMENTS))?;
    }
    if has(option::INDEXES) && child.relkind != b'f' {
        let indexes: Vec<Oid> =
            context.catalog.find_all::<PgIndex>(&parent.oid).map(|row| row.indexrelid).collect();
        for index in indexes {
            let mut stmt = clone_index_stmt(context.catalog, &child, index, &map)?;
            if has(option::COMMENTS) {
                let address = ObjectAddress::new(Class::Relation, index);
                stmt.idxcomment = context.catalog.comment(address).map(Str::new);
            }
            let options = DefineIndexOptions::for_create_table();
            define_index(context, relid, &stmt, &options)?;
        }
    }
    if has(option::STATISTICS) {
        copy_statistics(context, &parent, &child, &map, has(option::COMMENTS))?;
    }
    if has(option::COMMENTS) {
        copy_column_comments(context, &parent, &child);
    }
    Ok(())
}

fn copy_default(
    context: &mut Context,
    parent: &PgClass,
    child: &PgClass,
    attribute: &PgAttribute,
    map: &[i16],
) -> PgResult<()> {
    let row = attribute.attdef.valid().and_then(|oid| context.catalog.get::<PgAttrdef>(oid));
    let Some(expr) = row.map(|row| row.adbin.clone()) else { return Ok(()) };
    let Some(expr) = map_variable_attnos(&expr, map) else {
        return Err(whole_row(format!(
            "Generation expression for column \"{}\" contains a whole-row reference to table \
             \"{}\".",
            attribute.attname, parent.relname
        ))
        .into());
    };
    let attnum = child.attribute_named(&attribute.attname).map_or(0, |found| found.attnum);
    store_attr_default(context, child.oid, attnum, Arc::new(expr))?;
    Ok(())
}

fn copy_checks(
    context: &mut Context,
    parent: &PgClass,
    child: &PgClass,
    map: &[i16],
    comments: bool,
) -> PgResult<()> {
    let mut checks: Vec<Arc<PgConstraint>> = context
        .catalog
        .find_all::<PgConstraint>(&parent.oid)
        .filter(|row| row.contype == b'c')
        .cloned()
        .collect();
    checks.sort_by(|a, b| a.conname.cmp(&b.conname));
    for row in checks {
        let Some(expr) = row.conbin.as_ref() else { continue };
        let Some(expr) = map_variable_attnos(expr, map) else {
            return Err(whole_row(format!(
                "Constraint \"{}\" contains a whole-row reference to table \"{}\".",
                row.conname, parent.relname
            ))
            .into());
        };
        let mut constraint = make_constraint(ConstrType::ConstrCheck);
        constraint.conname = Some(Str::new(&row.conname));
        constraint.is_enforced = row.conenforced;
        constraint.initially_valid = row.conenforced;
        constraint.skip_validation = true;
        constraint.is_no_inherit = row.connoinherit;
        constraint.raw_expr = Some(Node::Analyzed(Arc::new(expr)));
        let made = add_relation_new_constraints(
            context,
            child.oid,
            &[],
            &[constraint],
            false,
            true,
            false,
        )?;
        let address = ObjectAddress::new(Class::Constraint, row.oid);
        let comment = context.catalog.comment(address).cloned().filter(|_| comments);
        if let (Some(comment), Some(made)) = (comment, made.first()) {
            let address = ObjectAddress::new(Class::Constraint, made.conoid);
            context.catalog.set_comment(address, Some(&comment));
        }
    }
    Ok(())
}

/// An index of another table as a statement that makes it anew (PostgreSQL: generateClonedIndexStmt).
pub fn clone_index_stmt(
    catalog: &Catalog,
    target: &PgClass,
    source: Oid,
    map: &[i16],
) -> PgResult<IndexStmt> {
    let mut stmt = empty_index_stmt();
    let (Some(index), Some(class)) =
        (catalog.get::<PgIndex>(source), catalog.get::<PgClass>(source))
    else {
        return crate::findings::unknown("an index that is not in the catalog");
    };
    let method = catalog.get::<PgAm>(class.relam);
    stmt.access_method = method.map(|am| Str::new(&am.amname));
    stmt.table_space = class
        .reltablespace
        .valid()
        .and_then(|oid| catalog.get::<PgTablespace>(oid))
        .map(|row| Str::new(&row.spcname));
    stmt.unique = index.indisunique;
    stmt.nulls_not_distinct = index.indnullsnotdistinct;
    stmt.primary = index.indisprimary;
    stmt.transformed = true;
    stmt.reset_default_tblspc = true;
    stmt.options = class
        .reloptions
        .iter()
        .map(|(name, value)| make_def_elem(name, Some(make_string(value))))
        .collect();
    let constraint = catalog
        .find_all::<PgConstraint>(&index.indrelid)
        .find(|row| row.conindid == source && matches!(row.contype, b'p' | b'u' | b'x'));
    if let Some(row) = constraint {
        stmt.isconstraint = true;
        stmt.deferrable = row.condeferrable;
        stmt.initdeferred = row.condeferred;
        stmt.iswithoutoverlaps = row.conperiod;
        if row.contype == b'x' || index.indisexclusion && !row.conperiod {
            stmt.exclude_op_names =
                row.conexclop.iter().map(|op| operator_names(catalog, *op)).collect();
        }
    }
    let mut exprs = index.indexprs.iter();
    let keys = usize::try_from(index.indnkeyatts).unwrap_or_default();
    for (at, attnum) in index.indkey.iter().enumerate() {
        let mut element = empty_index_elem(None);
        let key_type = if *attnum != 0 {
            let mapped = mapped_column(target, *attnum, map);
            element.name = mapped.map(|attribute| Str::new(&attribute.attname));
            mapped.map_or(Oid::INVALID, |attribute| attribute.atttypid)
        } else {
            let Some(expr) = exprs.next() else { continue };
            let Some(expr) = map_variable_attnos(expr, map) else {
                return Err(whole_row(format!(
                    "Index \"{}\" contains a whole-row table reference.",
                    class.relname
                ))
                .into());
            };
            let key_type = expr_type(&expr);
            element.expr = Some(Node::Analyzed(Arc::new(expr)));
            key_type
        };
        element.indexcolname = class.attributes.get(at).map(|a| Str::new(&a.attname));
        if at >= keys {
            stmt.index_including_params.push(Node::IndexElem(Box::new(element)));
            continue;
        }
        key_details(catalog, index, class.relam, at, key_type, &mut element);
        stmt.index_params.push(Node::IndexElem(Box::new(element)));
    }
    if let Some(predicate) = &index.indpred {
        let Some(expr) = map_variable_attnos(predicate, map) else {
            return Err(whole_row(format!(
                "Index \"{}\" contains a whole-row table reference.",
                class.relname
            ))
            .into());
        };
        stmt.where_clause = Some(Node::Analyzed(Arc::new(expr)));
    }
    Ok(stmt)
}

fn mapped_column<'t>(target: &'t PgClass, attnum: i16, map: &[i16]) -> Option<&'t PgAttribute> {
    let index = usize::try_from(attnum).ok()?.checked_sub(1)?;
    target.attribute(*map.get(index)?)
}

fn operator_names(catalog: &Catalog, operator: Oid) -> Node {
    let schema = catalog
        .get::<PgOperator>(operator)
        .and_then(|row| get_namespace_name(catalog, row.oprnamespace));
    let name = get_opname(catalog, operator);
    Node::List(schema.into_iter().chain(name).map(|name| make_string(name)).collect())
}

/// Collation, operator class and order of a key column, where they are not the usual ones.
fn key_details(
    catalog: &Catalog,
    index: &PgIndex,
    method: Oid,
    at: usize,
    key_type: Oid,
    element: &mut IndexElem,
) {
    let collation = index.indcollation.get(at).copied().unwrap_or_default();
    if collation.is_valid() && collation != get_typcollation(catalog, key_type) {
        element.collation = collation_names(catalog, collation);
    }
    let opclass = index.indclass.get(at).copied().unwrap_or_default();
    let options = index.indclassoptions.get(at).map_or(&[][..], Vec::as_slice);
    if (get_default_opclass(catalog, key_type, method) != Some(opclass) || !options.is_empty())
        && let Some(row) = catalog.get::<PgOpclass>(opclass)
    {
        let schema = get_namespace_name(catalog, row.opcnamespace);
        element.opclass =
            schema.into_iter().chain([&row.opcname]).map(|name| make_string(name)).collect();
    }
    element.opclassopts =
        options.iter().map(|(name, value)| make_def_elem(name, Some(make_string(value)))).collect();
    let option = index.indoption.get(at).copied().unwrap_or_default();
    if method == fixed::BTREE_AM_OID {
        let (descending, nulls_first) = (option & 1 != 0, option & 2 != 0);
        if descending {
            element.ordering = SortByDir::SortbyDesc;
        }
        if descending != nulls_first {
            element.nulls_ordering = if nulls_first {
                SortByNulls::SortbyNullsFirst
            } else {
                SortByNulls::SortbyNullsLast
            };
        }
    }
}

/// PostgreSQL: generateClonedExtStatsStmt and CreateStatistics for it.
fn copy_statistics(
    context: &mut Context,
    parent: &PgClass,
    child: &PgClass,
    map: &[i16],
    comments: bool,
) -> PgResult<()> {
    let rows: Vec<Arc<PgStatisticExt>> =
        context.catalog.find_second::<PgStatisticExt>(parent.oid).cloned().collect();
    for row in rows {
        let keys: Vec<i16> = row
            .stxkeys
            .iter()
            .filter_map(|key| mapped_column(child, *key, map).map(|column| column.attnum))
            .collect();
        let names: Vec<Name> = keys
            .iter()
            .filter_map(|key| child.attribute(*key).map(|column| column.attname.clone()))
            .chain(row.stxexprs.iter().map(|_| Name::fixed("expr")))
            .collect();
        let addition = crate::commands::naming::choose_name_addition(&names);
        let name = choose_relation_name(
            context.catalog,
            &child.relname,
            Some(&addition),
            "stat",
            child.relnamespace,
            false,
        );
        let oid = context.catalog.new_oid();
        let exprs = row
            .stxexprs
            .iter()
            .filter_map(|expr| map_variable_attnos(expr, map).map(Arc::new))
            .collect();
        let address = ObjectAddress::new(Class::StatisticExt, oid);
        for key in &keys {
            let column = ObjectAddress::column(child.oid, *key);
            record_dependency_on(context.catalog, address, column, DependType::Auto);
        }
        context.catalog.put(PgStatisticExt {
            oid,
            stxname: name,
            stxnamespace: child.relnamespace,
            stxrelid: child.oid,
            stxowner: child.relowner,
            stxkeys: keys,
            stxexprs: exprs,
            ..(*row).clone()
        });
        let old = ObjectAddress::new(Class::StatisticExt, row.oid);
        if let Some(comment) = context.catalog.comment(old).cloned().filter(|_| comments) {
            context.catalog.set_comment(address, Some(&comment));
        }
    }
    Ok(())
}

fn copy_column_comments(context: &mut Context, parent: &PgClass, child: &PgClass) {
    for attribute in parent.live_attributes() {
        let old = ObjectAddress::column(parent.oid, attribute.attnum);
        let new = child.attribute_named(&attribute.attname).map(|column| column.attnum);
        if let (Some(comment), Some(attnum)) = (context.catalog.comment(old).cloned(), new) {
            let address = ObjectAddress::column(child.oid, attnum);
            context.catalog.set_comment(address, Some(&comment));
        }
    }
}
