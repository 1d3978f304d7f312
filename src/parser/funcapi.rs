//! Which columns an expression's composite result has (PostgreSQL: utils/fmgr/funcapi.c).

use crate::catalog::{Catalog, PgClass, PgProc, PgRange, PgType};
use crate::nodes::node_funcs::{expr_collation, expr_type, expr_typmod};
use crate::nodes::primnodes::Expr;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed::*};

/// One column of a row type (PostgreSQL: Form_pg_attribute of a TupleDesc).
#[derive(Debug, Clone, PartialEq)]
pub struct TupleAttr {
    pub name: Name,
    pub type_id: Oid,
    pub typmod: i32,
    pub collation: Oid,
    pub dropped: bool,
}

/// The columns of a row type, dropped ones in their places (PostgreSQL: TupleDesc).
pub type TupleDesc = Vec<TupleAttr>;

/// What kind of result a type is (PostgreSQL: TypeFuncClass).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeFuncClass {
    Scalar,
    Composite,
    CompositeDomain,
    Record,
    Other,
}

impl TupleAttr {
    /// A column that is not dropped.
    pub fn new(name: Name, type_id: Oid, typmod: i32, collation: Oid) -> TupleAttr {
        TupleAttr { name, type_id, typmod, collation, dropped: false }
    }
}

/// The columns of a relation (PostgreSQL: RelationGetDescr).
pub fn relation_tupdesc(relation: &PgClass) -> TupleDesc {
    relation
        .attributes
        .iter()
        .map(|a| TupleAttr {
            name: a.attname.clone(),
            type_id: a.atttypid,
            typmod: a.atttypmod,
            collation: a.attcollation,
            dropped: a.attisdropped,
        })
        .collect()
}

/// The columns of a composite type, or of the one a domain is over (PostgreSQL: lookup_rowtype_tupdesc_domain).
pub fn lookup_rowtype_tupdesc(catalog: &Catalog, type_id: Oid) -> Option<TupleDesc> {
    let row = catalog.get::<PgType>(base_type(catalog, type_id))?;
    catalog.get::<PgClass>(row.typrelid).map(|class| relation_tupdesc(class))
}

fn base_type(catalog: &Catalog, mut type_id: Oid) -> Oid {
    while let Some(row) = catalog.get::<PgType>(type_id).filter(|t| t.typtype == b'd') {
        type_id = row.typbasetype;
    }
    type_id
}

/// PostgreSQL: get_type_func_class.
fn type_func_class(catalog: &Catalog, type_id: Oid) -> TypeFuncClass {
    let typtype = |oid| catalog.get::<PgType>(oid).map_or(0, |t| t.typtype);
    match typtype(type_id) {
        b'c' => TypeFuncClass::Composite,
        b'd' if typtype(base_type(catalog, type_id)) == b'c' => TypeFuncClass::CompositeDomain,
        b'b' | b'd' | b'e' | b'm' | b'r' => TypeFuncClass::Scalar,
        _ => match type_id {
            RECORDOID => TypeFuncClass::Record,
            VOIDOID | CSTRINGOID => TypeFuncClass::Scalar,
            _ => TypeFuncClass::Other, // the remaining pseudo-types are no result a query can use
        },
    }
}

/// The class, type and columns of an expression's result (PostgreSQL: get_expr_result_type).
pub fn get_expr_result_type(
    catalog: &Catalog,
    expr: &Expr,
) -> (TypeFuncClass, Oid, Option<TupleDesc>) {
    match expr {
        Expr::FuncExpr(func) => func_result_type(catalog, func.funcid, &func.args, expr),
        Expr::OpExpr(op) => func_result_type(catalog, op.opfuncid, &op.args, expr),
        Expr::RowExpr(row) if row.row_typeid == RECORDOID => {
            let columns = row.args.iter().zip(&row.colnames).map(|(arg, name)| {
                TupleAttr::new(name.clone(), expr_type(arg), expr_typmod(arg), expr_collation(arg))
            });
            (TypeFuncClass::Composite, RECORDOID, Some(columns.collect()))
        }
        _ => type_result(catalog, expr_type(expr)), // every other expression is known by its type alone
    }
}

fn type_result(catalog: &Catalog, type_id: Oid) -> (TypeFuncClass, Oid, Option<TupleDesc>) {
    let class = type_func_class(catalog, type_id);
    let columns = match class {
        TypeFuncClass::Composite | TypeFuncClass::CompositeDomain => {
            lookup_rowtype_tupdesc(catalog, type_id)
        }
        TypeFuncClass::Scalar | TypeFuncClass::Record | TypeFuncClass::Other => None,
    };
    (class, type_id, columns)
}

/// PostgreSQL: internal_get_result_type.
fn func_result_type(
    catalog: &Catalog,
    funcid: Oid,
    args: &[Expr],
    call: &Expr,
) -> (TypeFuncClass, Oid, Option<TupleDesc>) {
    let Some(proc_) = catalog.get::<PgProc>(funcid) else {
        return type_result(catalog, expr_type(call));
    };
    if let Some(mut columns) = build_function_result_tupdesc(catalog, proc_) {
        return if resolve_polymorphic_tupdesc(catalog, &mut columns, proc_, args) {
            (TypeFuncClass::Composite, proc_.prorettype, Some(columns))
        } else {
            (TypeFuncClass::Record, proc_.prorettype, None)
        };
    }
    let polymorphic = polymorphic_family(proc_.prorettype).is_some();
    type_result(catalog, if polymorphic { expr_type(call) } else { proc_.prorettype })
}

/// The columns of an expression's composite result, None when it has none that are known (PostgreSQL:
/// get_expr_result_tupdesc with noError).
pub fn get_expr_result_tupdesc(catalog: &Catalog, expr: &Expr) -> Option<TupleDesc> {
    match get_expr_result_type(catalog, expr) {
        (TypeFuncClass::Composite | TypeFuncClass::CompositeDomain, _, columns) => columns,
        (TypeFuncClass::Scalar | TypeFuncClass::Record | TypeFuncClass::Other, ..) => None,
    }
}

/// The columns that a function's OUT parameters make, None unless there are several (PostgreSQL:
/// build_function_result_tupdesc_t).
pub fn build_function_result_tupdesc(catalog: &Catalog, proc_: &PgProc) -> Option<TupleDesc> {
    if proc_.prorettype != RECORDOID {
        return None;
    }
    let (types, modes) = (proc_.proallargtypes.as_ref()?, proc_.proargmodes.as_ref()?);
    let mut columns: TupleDesc = Vec::new();
    for (i, (type_id, mode)) in types.iter().zip(modes).enumerate() {
        if !matches!(mode, b'o' | b'b' | b't') {
            continue;
        }
        let name = proc_.proargnames.as_ref().and_then(|names| names.get(i));
        let name = match name.filter(|name| !name.is_empty()) {
            Some(name) => name.clone(),
            None => Name::new(&format!("column{}", columns.len() + 1)),
        };
        let collation = catalog.get::<PgType>(*type_id).map_or(Oid::INVALID, |t| t.typcollation);
        columns.push(TupleAttr::new(name, *type_id, -1, collation));
    }
    (columns.len() >= 2 || proc_.prokind == b'p').then_some(columns)
}

/// The name of a function's only OUT parameter (PostgreSQL: get_func_result_name).
pub fn get_func_result_name(catalog: &Catalog, funcid: Oid) -> Option<Name> {
    let proc_ = catalog.get::<PgProc>(funcid)?;
    let (modes, names) = (proc_.proargmodes.as_ref()?, proc_.proargnames.as_ref()?);
    let mut result = None;
    for (mode, name) in modes.iter().zip(names) {
        if matches!(mode, b'o' | b'b' | b't') {
            if result.is_some() || name.is_empty() {
                return None;
            }
            result = Some(name.clone());
        }
    }
    result
}

/// Which of the two families a polymorphic type belongs to: 1 for any…, 2 for anycompatible….
fn polymorphic_family(type_id: Oid) -> Option<u8> {
    match type_id {
        ANYELEMENTOID | ANYARRAYOID | ANYNONARRAYOID | ANYENUMOID | ANYRANGEOID
        | ANYMULTIRANGEOID => Some(1),
        ANYCOMPATIBLEOID
        | ANYCOMPATIBLEARRAYOID
        | ANYCOMPATIBLENONARRAYOID
        | ANYCOMPATIBLERANGEOID
        | ANYCOMPATIBLEMULTIRANGEOID => Some(2),
        _ => None, // no other type is polymorphic
    }
}

/// What one family's element, array, range and multirange types are in a call.
#[derive(Default)]
struct Actuals {
    element: Option<Oid>,
    array: Option<Oid>,
    range: Option<Oid>,
    multirange: Option<Oid>,
}

impl Actuals {
    fn collect(family: u8, proc_: &PgProc, args: &[Expr]) -> Actuals {
        let mut actuals = Actuals::default();
        for (declared, arg) in proc_.proargtypes.iter().zip(args) {
            if polymorphic_family(*declared) != Some(family) {
                continue;
            }
            let actual = expr_type(arg);
            let slot = match *declared {
                ANYARRAYOID | ANYCOMPATIBLEARRAYOID => &mut actuals.array,
                ANYRANGEOID | ANYCOMPATIBLERANGEOID => &mut actuals.range,
                ANYMULTIRANGEOID | ANYCOMPATIBLEMULTIRANGEOID => &mut actuals.multirange,
                _ => &mut actuals.element, // the element-like members of the family
            };
            slot.get_or_insert(actual);
        }
        actuals
    }

    fn element(&self, catalog: &Catalog) -> Option<Oid> {
        self.element.or_else(|| self.array.and_then(|t| element_type(catalog, t))).or_else(|| {
            self.range(catalog).and_then(|t| Some(catalog.get::<PgRange>(t)?.rngsubtype))
        })
    }

    fn range(&self, catalog: &Catalog) -> Option<Oid> {
        self.range.or_else(|| {
            catalog.find_second::<PgRange>(self.multirange?).next().map(|range| range.rngtypid)
        })
    }

    fn resolve(&self, catalog: &Catalog, declared: Oid) -> Option<Oid> {
        match declared {
            ANYARRAYOID | ANYCOMPATIBLEARRAYOID => self.array.or_else(|| {
                catalog.get::<PgType>(self.element(catalog)?).and_then(|t| t.typarray.valid())
            }),
            ANYRANGEOID | ANYCOMPATIBLERANGEOID => self.range(catalog),
            ANYMULTIRANGEOID | ANYCOMPATIBLEMULTIRANGEOID => self
                .multirange
                .or_else(|| Some(catalog.get::<PgRange>(self.range(catalog)?)?.rngmultitypid)),
            _ => self.element(catalog), // the element-like members of the family
        }
    }
}

fn element_type(catalog: &Catalog, array: Oid) -> Option<Oid> {
    catalog.get::<PgType>(array).filter(|t| t.typlen == -1).and_then(|t| t.typelem.valid())
}

/// Puts the types of a call in place of polymorphic columns (PostgreSQL: resolve_polymorphic_tupdesc).
fn resolve_polymorphic_tupdesc(
    catalog: &Catalog,
    columns: &mut TupleDesc,
    proc_: &PgProc,
    args: &[Expr],
) -> bool {
    for column in columns.iter_mut() {
        let Some(family) = polymorphic_family(column.type_id) else { continue };
        let actuals = Actuals::collect(family, proc_, args);
        let Some(resolved) = actuals.resolve(catalog, column.type_id) else { return false };
        column.type_id = resolved;
        column.collation = catalog.get::<PgType>(resolved).map_or(Oid::INVALID, |t| t.typcollation);
    }
    true
}
