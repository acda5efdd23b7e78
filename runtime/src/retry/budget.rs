//! How many retries a client may still send.

use std::sync::atomic::{AtomicU32, Ordering};

/// What a retry costs; any answer that needed none gives back 1.
const RETRY: u32 = 10;

/// The stock of retries that a client and its clones share.
#[derive(Debug)]
pub(super) struct Budget {
    full: u32,
    left: AtomicU32,
}

impl Budget {
    /// A full stock.
    pub(super) fn new(retries: u32) -> Self {
        let full = retries.saturating_mul(RETRY);
        Self {
            full,
            left: AtomicU32::new(full),
        }
    }

    /// Takes a retry; false where there is none left.
    pub(super) fn take(&self) -> bool {
        self.update(|left| left.checked_sub(RETRY))
    }

    /// The service answered; `retried` where a retry was what helped.
    pub(super) fn answered(&self, retried: bool) {
        let back = if retried { RETRY } else { 1 };
        self.update(|left| Some(left.saturating_add(back).min(self.full)));
    }

    fn update(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, change)
            .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Budget;

    #[test]
    fn a_retry_that_helps_is_free() {
        let budget = Budget::new(1);
        for _ in 0..100 {
            assert!(budget.take());
            budget.answered(true);
        }
        assert!(budget.take());
        assert!(!budget.take());
    }

    #[test]
    fn ten_answers_make_a_retry_and_the_stock_never_overflows() {
        let budget = Budget::new(1);
        assert!(budget.take());
        for _ in 0..9 {
            budget.answered(false);
            assert!(!budget.take());
        }
        for _ in 0..50 {
            budget.answered(false);
        }
        assert!(budget.take());
        assert!(!budget.take());
    }

    #[test]
    fn an_empty_stock_stays_empty_and_a_huge_one_lasts() {
        let none = Budget::new(0);
        none.answered(true);
        assert!(!none.take());
        let huge = Budget::new(u32::MAX);
        assert!((0..10_000).all(|_| huge.take()));
    }
}
