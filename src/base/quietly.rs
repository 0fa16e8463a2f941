//! Calls into other people's code that may panic on a damaged file: the panic becomes an answer, and
//! nobody reads its text.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

/// The call panicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

/// Runs a call. A panic on this thread is caught and not reported; what the call has worked on must not
/// be used afterwards.
///
/// # Errors
/// [`Broken`] where the call panicked.
pub fn quietly<T>(call: impl FnOnce() -> T) -> Result<T, Broken> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !IS_QUIET.get() {
                before(info);
            }
        }));
    });
    let was_quiet = IS_QUIET.replace(true);
    let result = catch_unwind(AssertUnwindSafe(call));
    IS_QUIET.set(was_quiet);
    result.map_err(|_panic| Broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_answer() {
        assert_eq!(quietly(|| 3), Ok(3));
        let numbers: Vec<u8> = Vec::new();
        assert_eq!(quietly(|| numbers[numbers.len()]), Err(Broken));
        assert!(!IS_QUIET.get());
        let inner = quietly(|| (quietly(|| numbers[7]).is_err(), IS_QUIET.get()));
        assert_eq!(inner, Ok((true, true)));
    }
}
