//! JSON_TABLE (PostgreSQL: parser/parse_jsontable.c).

use std::sync::Arc;

use crate::catalog::lsyscache::{get_typcollation, type_is_rowtype};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::accessors::make_string;
use crate::nodes::node_funcs::{expr_type, expr_typmod};
use crate::nodes::primnodes::{Expr, JsonTablePlan, RteColumns, TableFunc, TableFuncType};
use crate::nodes::tree::{
    AConst, JsonBehaviorType, JsonEncoding, JsonExprOp, JsonFormat, JsonFormatType, JsonFuncExpr,
    JsonOutput, JsonQuotes, JsonReturning, JsonTable, JsonTableColumn, JsonTableColumnType,
    JsonTablePathSpec, JsonValueExpr, JsonWrapper, Node,
};
use crate::nodes::{ParseLoc, Str};
use crate::parser::errors::error_at;
use crate::parser::jsonpath::jsonpath_in;
use crate::parser::parse_clause::table_func_has_vars;
use crate::parser::parse_collate::assign_expr_collations;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, NamespaceItem, ParseState};
use crate::parser::parse_relation::{add_range_table_entry_for_table_func, alias_from_raw};
use crate::parser::parse_type::typename_type_id_and_mod;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// What is known while one JSON_TABLE is analysed (PostgreSQL: JsonTableParseContext).
struct Context<'n> {
    table: &'n JsonTable,
    names: Vec<Str>,
    generated: usize,
    tf: TableFunc,
}

impl Context<'_> {
    /// PostgreSQL: generateJsonTablePathName.
    fn path_name(&mut self, given: Option<&Str>) -> Name {
        match given {
            Some(name) => Name::from(name),
            None => {
                self.generated += 1;
                Name::new(&format!("json_table_path_{}", self.generated - 1))
            }
        }
    }

    /// PostgreSQL: CheckDuplicateColumnOrPathNames.
    fn check_duplicates(&mut self, columns: &[Node]) -> PgResult<()> {
        for node in columns {
            let Node::JsonTableColumn(column) = node else { continue };
            let nested = column.coltype == JsonTableColumnType::JtcNested;
            let (name, location) = if nested {
                let path = column.pathspec.as_ref();
                (path.and_then(|p| p.name.clone()), path.map_or(-1, |p| p.name_location.0))
            } else {
                (column.name.clone(), column.location.0)
            };
            if let Some(name) = name {
                if self.names.contains(&name) {
                    return error_at(
                        sqlstate::DUPLICATE_ALIAS,
                        format!("duplicate JSON_TABLE column or path name: {name}"),
                        location,
                    );
                }
                self.names.push(name);
            }
            if nested {
                self.check_duplicates(&column.columns)?;
            }
        }
        Ok(())
    }
}

/// PostgreSQL: transformJsonTable.
pub fn transform_json_table(pstate: &mut ParseState, table: &JsonTable) -> PgResult<NamespaceItem> {
    if let Some(behavior) = &table.on_error
        && !matches!(
            behavior.btype,
            JsonBehaviorType::JsonBehaviorError
                | JsonBehaviorType::JsonBehaviorEmpty
                | JsonBehaviorType::JsonBehaviorEmptyArray
        )
    {
        return Err(PgError::new(sqlstate::SYNTAX_ERROR, "invalid ON ERROR behavior")
            .detail("Only EMPTY [ ARRAY ] or ERROR is allowed in the top-level ON ERROR clause.")
            .at(behavior.location.0)
            .into());
    }
    pstate.lateral_active = true;
    let table_func = table_func(pstate, table);
    pstate.lateral_active = false;
    let table_func = table_func?;
    let lateral = table.lateral || table_func_has_vars(&table_func);
    let alias = table.alias.as_deref().map(alias_from_raw);
    add_range_table_entry_for_table_func(pstate, table_func, alias.as_ref(), lateral, true)
}

fn table_func(pstate: &mut ParseState, table: &JsonTable) -> PgResult<TableFunc> {
    let Some(root) = table.pathspec.as_deref() else {
        return Err(Stop::Unknown("JSON_TABLE without a path".to_string()));
    };
    let tf = TableFunc {
        functype: TableFuncType::JsonTable,
        ns_uris: Vec::new(),
        ns_names: Vec::new(),
        docexpr: Expr::CaseTestExpr {
            type_id: Oid::INVALID,
            type_mod: -1,
            collation: Oid::INVALID,
        },
        rowexpr: None,
        colnames: Vec::new(),
        columns: RteColumns::default(),
        colexprs: Vec::new(),
        coldefexprs: Vec::new(),
        colvalexprs: Vec::new(),
        passingvalexprs: Vec::new(),
        passingnames: Vec::new(),
        notnulls: Vec::new(),
        ordinalitycol: -1,
        plan: None,
        location: table.location,
    };
    let mut cx = Context { table, names: Vec::new(), generated: 0, tf };
    let root_name = cx.path_name(root.name.as_ref());
    cx.names.push(Str::new(&root_name));
    cx.check_duplicates(&table.columns)?;
    let document = JsonFuncExpr {
        op: JsonExprOp::JsonTableOp,
        column_name: None,
        context_item: table.context_item.clone(),
        pathspec: root.string.clone(),
        passing: table.passing.clone(),
        output: None,
        on_empty: None,
        on_error: table.on_error.clone(),
        wrapper: JsonWrapper::JswUnspec,
        quotes: JsonQuotes::JsQuotesUnspec,
        location: table.location,
    };
    let document = Node::JsonFuncExpr(Box::new(document));
    cx.tf.docexpr = transform_expr(pstate, &document, ExprKind::FromFunction)?;
    if let Expr::JsonExpr(json) = &cx.tf.docexpr {
        cx.tf.passingvalexprs = json.passing_values.clone();
        cx.tf.passingnames = json.passing_names.clone();
    }
    let plan = table_columns(pstate, &mut cx, &table.columns, root, root_name)?;
    cx.tf.plan = Some(Box::new(plan));
    Ok(cx.tf)
}

/// PostgreSQL: transformJsonTableColumns.
fn table_columns(
    pstate: &mut ParseState,
    cx: &mut Context,
    columns: &[Node],
    path: &JsonTablePathSpec,
    path_name: Name,
) -> PgResult<JsonTablePlan> {
    let first = cx.tf.colvalexprs.len() as i32;
    let mut ordinality = false;
    for node in columns {
        let Node::JsonTableColumn(column) = node else { continue };
        let (type_id, typmod, expr) = match column.coltype {
            JsonTableColumnType::JtcNested => continue,
            JsonTableColumnType::JtcForOrdinality => {
                if std::mem::replace(&mut ordinality, true) {
                    return error_at(
                        sqlstate::SYNTAX_ERROR,
                        "only one FOR ORDINALITY column is allowed",
                        column.location.0,
                    );
                }
                (fixed::INT4OID, -1, None)
            }
            JsonTableColumnType::JtcRegular
            | JsonTableColumnType::JtcExists
            | JsonTableColumnType::JtcFormatted => {
                let expr = value_column(pstate, cx, column)?;
                (expr_type(&expr), expr_typmod(&expr), Some(expr))
            }
        };
        cx.tf.colnames.push(column.name.as_ref().map(Name::from).unwrap_or_default());
        cx.tf.columns.types.push(type_id);
        cx.tf.columns.typmods.push(typmod);
        cx.tf.columns.collations.push(get_typcollation(pstate.catalog(), type_id));
        cx.tf.colvalexprs.push(expr);
    }
    let last = cx.tf.colvalexprs.len() as i32 - 1;
    let (col_min, col_max) = if last < first { (-1, -1) } else { (first, last) };
    let on_error = cx.table.on_error.as_ref();
    let text = match &path.string {
        Some(Node::AConst(AConst { val: Some(text), .. })) => {
            let text = text.str_val();
            jsonpath_in(text, pstate.catalog().version())?
                .map_or_else(|| Arc::from(text), Arc::from)
        }
        _ => Arc::from(""), // the grammar takes a literal only
    };
    Ok(JsonTablePlan::PathScan {
        path: text,
        path_name,
        error_on_error: on_error.is_some_and(|b| b.btype == JsonBehaviorType::JsonBehaviorError),
        child: nested_columns(pstate, cx, columns)?.map(Box::new),
        col_min,
        col_max,
    })
}

/// PostgreSQL: transformJsonTableNestedColumns.
fn nested_columns(
    pstate: &mut ParseState,
    cx: &mut Context,
    columns: &[Node],
) -> PgResult<Option<JsonTablePlan>> {
    let mut plan = None;
    for node in columns {
        let Node::JsonTableColumn(column) = node else { continue };
        let Some(path) =
            column.pathspec.as_deref().filter(|_| column.coltype == JsonTableColumnType::JtcNested)
        else {
            continue;
        };
        let name = cx.path_name(path.name.as_ref());
        let nested = table_columns(pstate, cx, &column.columns, path, name)?;
        plan = Some(match plan {
            None => nested,
            Some(before) => {
                JsonTablePlan::SiblingJoin { left: Box::new(before), right: Box::new(nested) }
            }
        });
    }
    Ok(plan)
}

/// PostgreSQL: transformJsonTableColumn.
fn value_column(pstate: &mut ParseState, cx: &Context, column: &JsonTableColumn) -> PgResult<Expr> {
    let mut op = match column.coltype {
        JsonTableColumnType::JtcRegular => JsonExprOp::JsonValueOp,
        JsonTableColumnType::JtcExists => JsonExprOp::JsonExistsOp,
        JsonTableColumnType::JtcFormatted
        | JsonTableColumnType::JtcForOrdinality
        | JsonTableColumnType::JtcNested => JsonExprOp::JsonQueryOp,
    };
    if let Some(type_name) = column.type_name.as_ref().filter(|_| op == JsonExprOp::JsonValueOp) {
        let (type_id, _) = typename_type_id_and_mod(&pstate.shared, type_name)?;
        let by_query = is_composite_type(pstate, type_id)
            || column.quotes != JsonQuotes::JsQuotesUnspec
            || column.wrapper != JsonWrapper::JswUnspec;
        if by_query {
            op = JsonExprOp::JsonQueryOp;
        }
    }
    let context_type = expr_type(&cx.tf.docexpr);
    let item = Expr::CaseTestExpr { type_id: context_type, type_mod: -1, collation: Oid::INVALID };
    let name = column.name.as_deref().unwrap_or_default();
    let pathspec = match column.pathspec.as_ref().and_then(|path| path.string.clone()) {
        Some(path) => path,
        None => Node::AConst(AConst {
            val: Some(Box::new(make_string(&default_path(name)))),
            location: ParseLoc::NONE,
        }),
    };
    let format = JsonFormat {
        format_type: JsonFormatType::JsFormatDefault,
        encoding: JsonEncoding::JsEncDefault,
        location: ParseLoc::NONE,
    };
    let call = JsonFuncExpr {
        op,
        column_name: column.name.clone(),
        context_item: Some(Box::new(JsonValueExpr {
            raw_expr: Some(Node::Analyzed(Arc::new(item))),
            formatted_expr: None,
            format: Some(Box::new(format)),
        })),
        pathspec: Some(pathspec),
        passing: cx.table.passing.clone(),
        output: Some(Box::new(JsonOutput {
            type_name: column.type_name.clone(),
            returning: Some(Box::new(JsonReturning { format: column.format.clone(), typmod: -1 })),
        })),
        on_empty: column.on_empty.clone(),
        on_error: column.on_error.clone(),
        wrapper: column.wrapper,
        quotes: column.quotes,
        location: column.location,
    };
    let node = Node::JsonFuncExpr(Box::new(call));
    let mut expr = transform_expr(pstate, &node, ExprKind::FromFunction)?;
    assign_expr_collations(pstate, &mut expr)?;
    Ok(expr)
}

/// The path of a column that names none: the member of that name, quoted as JSON.
fn default_path(name: &str) -> String {
    format!("$.{}", serde_json::Value::String(name.to_string()))
}

/// Types whose values JSON_QUERY makes better than JSON_VALUE (PostgreSQL: isCompositeType).
fn is_composite_type(pstate: &ParseState, type_id: Oid) -> bool {
    use crate::catalog::lsyscache::{get_base_type, get_element_type};
    let catalog = pstate.catalog();
    matches!(type_id, fixed::JSONOID | fixed::JSONBOID | fixed::RECORDOID)
        || get_element_type(catalog, type_id).is_valid()
        || type_is_rowtype(catalog, type_id)
        || {
            let base = get_base_type(catalog, type_id);
            base != type_id && is_composite_type(pstate, base)
        }
}
