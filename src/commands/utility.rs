//! One statement, dispatched to what carries it out (PostgreSQL: standard_ProcessUtility, tcop/utility.c).

use super::command_tag::{ddl_tag, writing_command};
use super::{
    Context, aclcmds, aggregatecmds, alter, alter_function, basetypes, castcmds, collationcmds,
    comment, copy, createas, dbcommands, dml, do_block, domains, dropcmds, event_trigger,
    event_trigger_exec, extension, foreigncmds, functioncmds, indexcmds, maintenance, matview,
    opclasscmds, operatorcmds, owned, policy, prepare, publicationcmds, rangetypes, rewrite_define,
    rolemembers, schemacmds, sequence, statscmds, subscriptioncmds, tablecmds, tablespace, trigger,
    tsearchcmds, type_alter, typecmds, user, view,
};
use crate::catalog::PgEventTrigger;
use crate::findings::{PgResult, unknown};
use crate::nodes::RawStmt;
use crate::nodes::tree::{Node, ObjectType};
use crate::parser::parse_node::ParamSource;

/// Carries out one statement: what it does to the catalog, or why it is refused. Transaction control and settings
/// are the session's and never come here.
pub fn process_utility(context: &mut Context, statement: &RawStmt) -> PgResult<()> {
    let tag = match context.catalog.count::<PgEventTrigger>() {
        0 => None,
        _ => ddl_tag(&statement.stmt),
    };
    let Some(tag) = tag else { return process_node(context, &statement.stmt) };
    event_trigger_exec::ddl_command_start(context, &tag)?;
    let mark = context.catalog.mark();
    process_node(context, &statement.stmt)?;
    event_trigger_exec::ddl_command_end(context, &tag, mark)
}

/// As `process_utility`, of a statement that another one makes.
pub fn process_node(context: &mut Context, statement: &Node) -> PgResult<()> {
    if context.session.transaction.read_only
        && let Some(command) = writing_command(statement)
    {
        context.session.transaction.prevent_if_read_only(&command)?;
    }
    match statement {
        Node::CreateStmt(stmt) => tablecmds::create::create_table(context, stmt),
        Node::CreateForeignTableStmt(stmt) => {
            tablecmds::create::create_foreign_table_stmt(context, stmt)
        }
        Node::IndexStmt(stmt) => indexcmds::create_index(context, stmt),
        Node::CreateSeqStmt(stmt) => sequence::define_sequence(context, stmt).map(drop),
        Node::AlterSeqStmt(stmt) => sequence::alter_sequence(context, stmt),
        Node::AlterTableStmt(stmt) => tablecmds::alter::alter_table_stmt(context, stmt),
        Node::DropStmt(stmt) => dropcmds::exec_drop_stmt(context, stmt),
        Node::CommentStmt(stmt) => comment::comment_object(context, stmt),
        Node::SecLabelStmt(stmt) => comment::exec_sec_label_stmt(context, stmt),
        Node::CreateSchemaStmt(stmt) => schemacmds::create_schema_command(context, stmt),
        Node::RenameStmt(stmt) => match stmt.rename_type {
            ObjectType::ObjectTable
            | ObjectType::ObjectSequence
            | ObjectType::ObjectView
            | ObjectType::ObjectMatview
            | ObjectType::ObjectIndex
            | ObjectType::ObjectForeignTable => tablecmds::rename::rename_relation(context, stmt),
            ObjectType::ObjectColumn | ObjectType::ObjectAttribute => {
                tablecmds::rename::renameatt(context, stmt)
            }
            ObjectType::ObjectTabconstraint => tablecmds::rename::rename_constraint(context, stmt),
            ObjectType::ObjectTrigger => trigger::renametrig(context, stmt),
            ObjectType::ObjectPolicy => policy::rename_policy(context, stmt),
            ObjectType::ObjectRule => rewrite_define::rename_rewrite_rule(context, stmt),
            ObjectType::ObjectType | ObjectType::ObjectDomain => {
                type_alter::rename_type_stmt(context, stmt)
            }
            ObjectType::ObjectDomconstraint => domains::rename_constraint(context, stmt),
            _ => alter::exec_rename_stmt(context, stmt), // every other kind
        },
        Node::TruncateStmt(stmt) => tablecmds::truncate::execute_truncate(context, stmt),
        Node::LockStmt(stmt) => tablecmds::truncate::lock_table_command(context, stmt),
        Node::CreateTrigStmt(stmt) => trigger::create_trigger(context, stmt),
        Node::CreateEventTrigStmt(stmt) => event_trigger::create_event_trigger(context, stmt),
        Node::AlterEventTrigStmt(stmt) => event_trigger::alter_event_trigger(context, stmt),
        Node::CreatePolicyStmt(stmt) => policy::create_policy(context, stmt),
        Node::AlterPolicyStmt(stmt) => policy::alter_policy(context, stmt),
        Node::RuleStmt(stmt) => rewrite_define::define_rule(context, stmt),
        Node::CreateStatsStmt(stmt) => statscmds::create_statistics(context, stmt),
        Node::AlterStatsStmt(stmt) => statscmds::alter_statistics(context, stmt),
        Node::CreatePublicationStmt(stmt) => publicationcmds::create_publication(context, stmt),
        Node::AlterPublicationStmt(stmt) => publicationcmds::alter_publication(context, stmt),
        Node::CreateSubscriptionStmt(stmt) => subscriptioncmds::create_subscription(context, stmt),
        Node::AlterSubscriptionStmt(stmt) => subscriptioncmds::alter_subscription(context, stmt),
        Node::DropSubscriptionStmt(stmt) => subscriptioncmds::drop_subscription(context, stmt),
        Node::AlterObjectSchemaStmt(stmt) => match stmt.relation {
            Some(_) => tablecmds::alter_namespace::alter_table_namespace(context, stmt),
            None => match stmt.object_type {
                ObjectType::ObjectType | ObjectType::ObjectDomain => {
                    type_alter::alter_type_namespace_stmt(context, stmt)
                }
                _ => alter::exec_alter_object_schema_stmt(context, stmt), // every other kind
            },
        },
        Node::AlterOwnerStmt(stmt) => match stmt.object_type {
            ObjectType::ObjectType | ObjectType::ObjectDomain => {
                type_alter::alter_type_owner_stmt(context, stmt)
            }
            _ => alter::exec_alter_owner_stmt(context, stmt), // every other kind
        },
        Node::AlterObjectDependsStmt(stmt) => alter::exec_alter_object_depends_stmt(context, stmt),
        Node::GrantStmt(stmt) => aclcmds::execute_grant_stmt(context, stmt),
        Node::GrantRoleStmt(stmt) => rolemembers::grant_role(context, stmt),
        Node::AlterDefaultPrivilegesStmt(stmt) => {
            aclcmds::exec_alter_default_privileges_stmt(context, stmt)
        }
        Node::CreateRoleStmt(stmt) => user::create_role(context, stmt),
        Node::AlterRoleStmt(stmt) => user::alter_role(context, stmt),
        Node::AlterRoleSetStmt(stmt) => user::alter_role_set(context, stmt),
        Node::DropRoleStmt(stmt) => user::drop_role(context, stmt),
        Node::DropOwnedStmt(stmt) => owned::drop_owned_objects(context, stmt),
        Node::ReassignOwnedStmt(stmt) => owned::reassign_owned_objects(context, stmt),
        Node::CreateExtensionStmt(stmt) => extension::create_extension(context, stmt),
        Node::AlterExtensionStmt(stmt) => extension::exec_alter_extension_stmt(context, stmt),
        Node::AlterExtensionContentsStmt(stmt) => {
            extension::exec_alter_extension_contents_stmt(context, stmt)
        }
        Node::CreatedbStmt(stmt) => dbcommands::createdb(context, stmt),
        Node::AlterDatabaseStmt(stmt) => dbcommands::alter_database(context, stmt),
        Node::AlterDatabaseSetStmt(stmt) => dbcommands::alter_database_set(context, stmt),
        Node::AlterDatabaseRefreshCollStmt(stmt) => {
            let name = stmt.dbname.as_deref().unwrap_or_default();
            dbcommands::alter_database_refresh_coll(context, name)
        }
        Node::DropdbStmt(stmt) => dbcommands::dropdb(context, stmt),
        Node::CreateTableSpaceStmt(stmt) => tablespace::create_table_space(context, stmt),
        Node::DropTableSpaceStmt(stmt) => tablespace::drop_table_space(context, stmt),
        Node::AlterTableSpaceOptionsStmt(stmt) => {
            tablespace::alter_table_space_options(context, stmt)
        }
        Node::AlterSystemStmt(stmt) => tablespace::alter_system(context, stmt),
        Node::CreateEnumStmt(stmt) => typecmds::define_enum(context, stmt).map(drop),
        Node::AlterEnumStmt(stmt) => typecmds::alter_enum(context, stmt).map(drop),
        Node::CreateFdwStmt(stmt) => foreigncmds::create_fdw(context, stmt).map(drop),
        Node::AlterFdwStmt(stmt) => foreigncmds::alter_fdw(context, stmt).map(drop),
        Node::CreateForeignServerStmt(stmt) => {
            foreigncmds::create_foreign_server(context, stmt).map(drop)
        }
        Node::AlterForeignServerStmt(stmt) => {
            foreigncmds::alter_foreign_server(context, stmt).map(drop)
        }
        Node::CreateUserMappingStmt(stmt) => {
            foreigncmds::create_user_mapping(context, stmt).map(drop)
        }
        Node::AlterUserMappingStmt(stmt) => {
            foreigncmds::alter_user_mapping(context, stmt).map(drop)
        }
        Node::DropUserMappingStmt(stmt) => foreigncmds::remove_user_mapping(context, stmt),
        Node::ImportForeignSchemaStmt(stmt) => foreigncmds::import_foreign_schema(context, stmt),
        Node::AlterOperatorStmt(stmt) => operatorcmds::alter_operator(context, stmt).map(drop),
        Node::SelectStmt(_)
        | Node::InsertStmt(_)
        | Node::UpdateStmt(_)
        | Node::DeleteStmt(_)
        | Node::MergeStmt(_) => dml::optimizable(context, statement),
        Node::CreateFunctionStmt(stmt) => functioncmds::create_function(context, stmt).map(drop),
        Node::AlterFunctionStmt(stmt) => alter_function::alter_function(context, stmt).map(drop),
        Node::DoStmt(stmt) => do_block::execute_do_stmt(context, stmt),
        Node::CallStmt(stmt) => do_block::execute_call_stmt(context, stmt),
        Node::CopyStmt(stmt) => copy::do_copy(context, stmt),
        Node::ExplainStmt(stmt) => prepare::explain_query(context, stmt),
        Node::PrepareStmt(stmt) => prepare::prepare_query(context, stmt),
        Node::ExecuteStmt(stmt) => prepare::execute_query(context, stmt),
        Node::DeallocateStmt(stmt) => prepare::deallocate_query(context, stmt),
        Node::DeclareCursorStmt(stmt) => prepare::declare_cursor(context, statement, stmt),
        Node::FetchStmt(stmt) => prepare::fetch(context, stmt),
        Node::ClosePortalStmt(stmt) => prepare::close_portal(context, stmt),
        Node::CreateTableAsStmt(stmt) => {
            createas::create_table_as(context, stmt, ParamSource::None)
        }
        Node::ViewStmt(stmt) => view::define_view(context, stmt).map(drop),
        Node::CreateDomainStmt(stmt) => domains::define_domain(context, stmt).map(drop),
        Node::AlterDomainStmt(stmt) => domains::alter_domain(context, stmt).map(drop),
        Node::CompositeTypeStmt(stmt) => type_alter::define_composite_type(context, stmt).map(drop),
        Node::CreateRangeStmt(stmt) => rangetypes::define_range(context, stmt).map(drop),
        Node::AlterTypeStmt(stmt) => basetypes::alter_type(context, stmt).map(drop),
        Node::CreateOpClassStmt(stmt) => opclasscmds::define_op_class(context, stmt).map(drop),
        Node::CreateOpFamilyStmt(stmt) => opclasscmds::define_op_family(context, stmt).map(drop),
        Node::AlterOpFamilyStmt(stmt) => opclasscmds::alter_op_family(context, stmt),
        Node::CreateConversionStmt(stmt) => {
            collationcmds::create_conversion(context, stmt).map(drop)
        }
        Node::CreateAmStmt(stmt) => collationcmds::create_access_method(context, stmt).map(drop),
        Node::CreatePLangStmt(stmt) => collationcmds::create_language(context, stmt).map(drop),
        Node::AlterCollationStmt(stmt) => collationcmds::alter_collation(context, stmt),
        Node::AlterTSDictionaryStmt(stmt) => {
            tsearchcmds::alter_ts_dictionary(context, stmt).map(drop)
        }
        Node::AlterTSConfigurationStmt(stmt) => {
            tsearchcmds::alter_ts_configuration(context, stmt).map(drop)
        }
        Node::DefineStmt(stmt) => match stmt.kind {
            ObjectType::ObjectAggregate => aggregatecmds::define_aggregate(context, stmt).map(drop),
            ObjectType::ObjectOperator => {
                operatorcmds::define_operator(context, &stmt.defnames, &stmt.definition).map(drop)
            }
            ObjectType::ObjectType if stmt.definition.is_empty() => {
                typecmds::define_shell_type(context, &stmt.defnames).map(drop)
            }
            ObjectType::ObjectType => {
                basetypes::define_type(context, &stmt.defnames, &stmt.definition).map(drop)
            }
            ObjectType::ObjectCollation => collationcmds::define_collation(context, stmt).map(drop),
            ObjectType::ObjectTsparser
            | ObjectType::ObjectTstemplate
            | ObjectType::ObjectTsdictionary
            | ObjectType::ObjectTsconfiguration => {
                tsearchcmds::define_text_search(context, stmt).map(drop)
            }
            other => unknown(format!("CREATE of {other:?} is not modelled")),
        },
        Node::CreateCastStmt(stmt) => castcmds::create_cast(context, stmt).map(drop),
        Node::CreateTransformStmt(stmt) => castcmds::create_transform(context, stmt).map(drop),
        Node::RefreshMatViewStmt(stmt) => matview::exec_refresh_mat_view(context, stmt),
        Node::VacuumStmt(stmt) => maintenance::exec_vacuum(context, stmt),
        Node::ClusterStmt(stmt) => maintenance::cluster(context, stmt),
        Node::ReindexStmt(stmt) => maintenance::exec_reindex(context, stmt),
        Node::DiscardStmt(stmt) => maintenance::discard_command(context, stmt),
        Node::ConstraintsSetStmt(stmt) => maintenance::constraints_set(context, stmt),
        // They change nothing that a catalog holds.
        Node::CheckPointStmt(_)
        | Node::ListenStmt(_)
        | Node::UnlistenStmt(_)
        | Node::NotifyStmt(_)
        | Node::LoadStmt(_) => Ok(()),
        // Everything that no arm above carries out is said to be unknown, never ok.
        other => unknown(not_modelled(other)),
    }
}

fn not_modelled(statement: &Node) -> String {
    format!("{} is not modelled", statement.tag_name())
}
