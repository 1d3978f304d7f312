//! CREATE TABLE before it is carried out: columns, constraints, LIKE and what follows from them as statements of
//! their own (PostgreSQL: parser/parse_utilcmd.c).

mod columns;
mod index_constraints;
mod index_stmt;
mod like;
mod make;
mod partition_bound;
mod serial;

pub use columns::{transform_column_definition, transform_table_constraint};
pub use index_constraints::{IndexOfConstraint, transform_index_constraints};
pub use index_stmt::transform_index_stmt;
pub use like::{LikeClause, clone_index_stmt, expand_table_like_clause, map_variable_attnos};
pub use make::{
    collation_names, make_column_def, make_constraint, make_def_elem, make_not_null_constraint,
    make_range_var, make_type_name_from_oid,
};
pub use partition_bound::transform_partition_bound;
pub use serial::generate_serial_extra_stmts;

use super::Context;
use super::creation::range_var_get_and_check_creation_namespace;
use super::sequence::relation_exists_skipping;
use crate::catalog::lsyscache::get_namespace_name;
use crate::catalog::{PgClass, PgType};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::Str;
use crate::nodes::tree::{ColumnDef, Constraint, CreateStmt, Node, RangeVar, TypeName};
use crate::parser::parse_type::typename_type_id;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// What the parts of one CREATE TABLE or ALTER TABLE come to (PostgreSQL: CreateStmtContext).
pub struct CreateStmtContext {
    pub relation: RangeVar,
    /// The table of an ALTER TABLE.
    pub rel: Option<Oid>,
    /// The schema that sequences are made in.
    pub namespace: Oid,
    /// The owner of sequences, of an existing table its owner.
    pub owner: Oid,
    pub inh_relations: Vec<Node>,
    pub isforeign: bool,
    pub isalter: bool,
    pub ispartitioned: bool,
    pub is_partition: bool,
    pub of_type: bool,
    pub columns: Vec<ColumnDef>,
    pub ckconstraints: Vec<Constraint>,
    pub nnconstraints: Vec<Constraint>,
    pub fkconstraints: Vec<Constraint>,
    pub ixconstraints: Vec<Constraint>,
    pub likeclauses: Vec<LikeClause>,
    /// What transform_index_constraints made of ixconstraints.
    pub indexes: Vec<IndexOfConstraint>,
    /// Columns that a primary key makes NOT NULL through a command of its own (before PostgreSQL 18).
    pub not_null_columns: Vec<Str>,
    /// Statements to carry out before.
    pub blist: Vec<Node>,
    /// Statements to carry out after.
    pub alist: Vec<Node>,
}

impl CreateStmtContext {
    fn new(relation: RangeVar, namespace: Oid) -> CreateStmtContext {
        CreateStmtContext {
            relation,
            rel: None,
            namespace,
            owner: Oid::INVALID,
            inh_relations: Vec::new(),
            isforeign: false,
            isalter: false,
            ispartitioned: false,
            is_partition: false,
            of_type: false,
            columns: Vec::new(),
            ckconstraints: Vec::new(),
            nnconstraints: Vec::new(),
            fkconstraints: Vec::new(),
            ixconstraints: Vec::new(),
            likeclauses: Vec::new(),
            indexes: Vec::new(),
            not_null_columns: Vec::new(),
            blist: Vec::new(),
            alist: Vec::new(),
        }
    }

    /// The context of an ALTER TABLE of that table.
    pub fn for_alter(relation: RangeVar, class: &PgClass) -> CreateStmtContext {
        CreateStmtContext {
            rel: Some(class.oid),
            owner: class.relowner,
            isforeign: class.relkind == b'f',
            isalter: true,
            ispartitioned: class.relkind == b'p',
            is_partition: class.relispartition,
            ..CreateStmtContext::new(relation, class.relnamespace)
        }
    }

    /// The table's name.
    pub fn relname(&self) -> &str {
        self.relation.relname.as_deref().unwrap_or_default()
    }
}

/// A CREATE TABLE with its parts taken apart, and what goes before and after it.
pub struct TransformedCreate {
    pub stmt: CreateStmt,
    pub before: Vec<Node>,
    pub indexes: Vec<IndexOfConstraint>,
    pub not_null_columns: Vec<Str>,
    pub likeclauses: Vec<LikeClause>,
    pub fkconstraints: Vec<Constraint>,
    pub after: Vec<Node>,
}

/// PostgreSQL: transformCreateStmt. None when the table is there already and IF NOT EXISTS says so.
pub fn transform_create_stmt(
    context: &mut Context,
    stmt: &CreateStmt,
    isforeign: bool,
) -> PgResult<Option<TransformedCreate>> {
    let Some(range) = stmt.relation.as_deref() else {
        return crate::findings::unknown("CREATE TABLE without a name");
    };
    let place = range_var_get_and_check_creation_namespace(context, range)
        .map_err(|stop| with_location(stop, range.location.0))?;
    if stmt.if_not_exists && place.existing.is_some() {
        context.notice(relation_exists_skipping(&place.relname));
        return Ok(None);
    }
    let mut stmt = stmt.clone();
    let mut relation = range.clone();
    if relation.schemaname.is_none() && relation.relpersistence != b't' {
        let schema = get_namespace_name(context.catalog, place.namespace);
        relation.schemaname = schema.map(Str::new);
    }
    let mut cxt = CreateStmtContext {
        isforeign,
        ispartitioned: stmt.partspec.is_some(),
        is_partition: stmt.partbound.is_some(),
        of_type: stmt.of_typename.is_some(),
        inh_relations: std::mem::take(&mut stmt.inh_relations),
        ..CreateStmtContext::new(relation, place.namespace)
    };
    if let Some(of_type) = stmt.of_typename.as_deref() {
        transform_of_type(context, &mut cxt, of_type)?;
    }
    if stmt.partspec.is_some() && !cxt.inh_relations.is_empty() && stmt.partbound.is_none() {
        return Err(PgError::new(
            sqlstate::INVALID_OBJECT_DEFINITION,
            "cannot create partitioned table as inheritance child",
        )
        .into());
    }
    for element in std::mem::take(&mut stmt.table_elts) {
        match element {
            Node::ColumnDef(mut column) => {
                transform_column_definition(context, &mut cxt, &mut column)?;
                cxt.columns.push(*column);
            }
            Node::Constraint(constraint) => {
                transform_table_constraint(context, &mut cxt, &constraint)?;
            }
            Node::TableLikeClause(clause) => {
                like::transform_table_like_clause(context, &mut cxt, &clause)?;
            }
            // The grammar makes no other element of a table.
            other => {
                return crate::findings::unknown(format!("table element {}", other.tag_name()));
            }
        }
    }
    transform_index_constraints(context, &mut cxt)?;
    transform_fk_constraints(&mut cxt, true, false);
    transform_check_constraints(&mut cxt, !isforeign);
    stmt.relation = Some(Box::new(cxt.relation));
    stmt.inh_relations = cxt.inh_relations;
    stmt.table_elts =
        cxt.columns.into_iter().map(|column| Node::ColumnDef(Box::new(column))).collect();
    let as_nodes = |constraints: Vec<Constraint>| {
        constraints.into_iter().map(|c| Node::Constraint(Box::new(c))).collect()
    };
    stmt.constraints = as_nodes(cxt.ckconstraints);
    stmt.nnconstraints = as_nodes(cxt.nnconstraints);
    Ok(Some(TransformedCreate {
        stmt,
        before: cxt.blist,
        indexes: cxt.indexes,
        not_null_columns: cxt.not_null_columns,
        likeclauses: cxt.likeclauses,
        fkconstraints: cxt.fkconstraints,
        after: cxt.alist,
    }))
}

/// Gives the error a position (PostgreSQL: setup_parser_errposition_callback).
pub(crate) fn with_location(stop: Stop, location: i32) -> Stop {
    match stop {
        Stop::Error(error) => Stop::Error(Box::new(error.at(location))),
        unknown @ Stop::Unknown(_) => unknown,
    }
}

/// Foreign keys of a new table need no validation (PostgreSQL: transformFKConstraints).
pub fn transform_fk_constraints(
    cxt: &mut CreateStmtContext,
    skip_validation: bool,
    _is_add_constraint: bool,
) {
    if skip_validation {
        for constraint in &mut cxt.fkconstraints {
            constraint.skip_validation = true;
            constraint.initially_valid = constraint.is_enforced;
        }
    }
}

/// PostgreSQL: transformCheckConstraints.
pub fn transform_check_constraints(cxt: &mut CreateStmtContext, skip_validation: bool) {
    if skip_validation {
        for constraint in &mut cxt.ckconstraints {
            constraint.skip_validation = true;
            constraint.initially_valid = constraint.is_enforced;
        }
    }
}

/// PostgreSQL: transformOfType.
fn transform_of_type(
    context: &Context,
    cxt: &mut CreateStmtContext,
    of_type: &TypeName,
) -> PgResult<()> {
    let type_oid = typename_type_id(&context.shared(), of_type)?;
    let relid = check_of_type(context, type_oid)?;
    let Some(class) = context.catalog.get::<PgClass>(relid) else { return Ok(()) };
    for attribute in class.live_attributes() {
        let mut column = make_column_def(
            context.catalog,
            &attribute.attname,
            attribute.atttypid,
            attribute.atttypmod,
            attribute.attcollation,
        );
        column.is_from_type = true;
        cxt.columns.push(column);
    }
    Ok(())
}

/// The relation behind a composite type that a typed table may use (PostgreSQL: check_of_type).
pub fn check_of_type(context: &Context, type_oid: Oid) -> PgResult<Oid> {
    let catalog = &*context.catalog;
    let row = catalog.get::<PgType>(type_oid);
    let type_name =
        || crate::catalog::format_type::format_type_be(catalog, &context.path, type_oid);
    let wrong = |message: String| PgError::new(sqlstate::WRONG_OBJECT_TYPE, message);
    let Some(row) = row.filter(|row| row.typtype == b'c') else {
        return Err(wrong(format!("type {} is not a composite type", type_name())).into());
    };
    let stand_alone =
        catalog.get::<PgClass>(row.typrelid).is_some_and(|class| class.relkind == b'c');
    if stand_alone {
        return Ok(row.typrelid);
    }
    if catalog.version().major() < 18 {
        return Err(wrong(format!("type {} is not a composite type", type_name())).into());
    }
    Err(wrong(format!("type {} is the row type of another table", type_name()))
        .detail("A typed table must use a stand-alone composite type created with CREATE TYPE.")
        .into())
}
