//! The canonical spelling of SQL/JSON expressions.

use super::Canon;
use crate::nodes::primnodes::{
    JsonBehavior, JsonConstructorExpr, JsonExpr, JsonIsPredicate, JsonReturning, JsonValueExpr,
};

impl<'a> Canon<'a> {
    pub(super) fn json_value(&mut self, value: &'a JsonValueExpr) -> String {
        let raw = self.expr(&value.raw_expr);
        format!("{raw} FORMAT {:?} {:?}", value.format.format_type, value.format.encoding)
    }

    pub(super) fn json_constructor(&mut self, constructor: &'a JsonConstructorExpr) -> String {
        let args = self.list(&constructor.args);
        let func = self.option(&constructor.func, " ");
        let returning = self.returning(&constructor.returning);
        format!(
            "JSON_{:?}({args}{func}{returning} {} {})",
            constructor.constructor, constructor.absent_on_null, constructor.unique
        )
    }

    pub(super) fn json_is(&mut self, predicate: &'a JsonIsPredicate) -> String {
        let arg = self.expr(&predicate.expr);
        format!("({arg} IS JSON {:?} {})", predicate.item_type, predicate.unique_keys)
    }

    pub(super) fn json_expr(&mut self, json: &'a JsonExpr) -> String {
        let (input, path) = (self.expr(&json.formatted_expr), self.expr(&json.path_spec));
        let passing = self.list(&json.passing_values);
        let empty = self.behavior(&json.on_empty);
        let error = self.behavior(&json.on_error);
        let returning = self.returning(&json.returning);
        format!(
            "{:?}({input}, {path} PASSING {passing}{returning} {:?} {} EMPTY {empty} ERROR {error})",
            json.op, json.wrapper, json.omit_quotes
        )
    }

    fn behavior(&mut self, behavior: &'a Option<JsonBehavior>) -> String {
        let Some(behavior) = behavior else { return String::new() };
        format!("{:?}{}", behavior.btype, self.option(&behavior.expr, " "))
    }

    fn returning(&self, returning: &JsonReturning) -> String {
        format!(" RETURNING {}", self.names.type_(returning.typid, returning.typmod))
    }
}
