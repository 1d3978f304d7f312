//! A panic is a bug of ours: it costs the statement that met it, which becomes Unknown with the place in our source.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use crate::findings::{PgResult, Stop};

thread_local! {
    /// Where the last guarded panic of this thread happened; Some while a guard is up.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`; a panic in it becomes Unknown.
pub(super) fn guarded<T>(work: impl FnOnce() -> PgResult<T>) -> PgResult<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let former = take_hook();
        set_hook(Box::new(move |info| note(info, &former)));
    });
    PLACE.with(|place| *place.borrow_mut() = Some(String::new()));
    let result = catch_unwind(AssertUnwindSafe(work));
    let place = PLACE.with(|place| place.borrow_mut().take()).unwrap_or_default();
    result.unwrap_or_else(|_| {
        Err(Stop::Unknown(format!(
            "an internal error of pgreckon at {place}; please report the statement"
        )))
    })
}

/// Keeps the place of a guarded panic; any other goes to the hook that was there.
fn note(info: &PanicHookInfo, former: &dyn Fn(&PanicHookInfo)) {
    let guarded = PLACE.with(|place| match place.borrow_mut().as_mut() {
        Some(place) => {
            *place =
                info.location().map_or(String::new(), |at| format!("{}:{}", at.file(), at.line()));
            true
        }
        None => false,
    });
    if !guarded {
        former(info);
    }
}
