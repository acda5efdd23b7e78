//! What is not generated: the operations and services whose specs say `gated`.

use std::borrow::Cow;
use std::fmt;
use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use crate::model::{Model, Operation, Service};
use crate::select::drop_unreached;

/// How much of a model is not generated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Services of which nothing is.
    pub services: usize,
    /// Operations, those of such services among them.
    pub operations: usize,
}

impl Count {
    /// Counts what a model gates.
    pub fn of(model: &Model) -> Self {
        let services = model.providers.iter().flat_map(|one| &one.services);
        let mut count = Self::default();
        for service in services {
            count.services += usize::from(open(service).is_none());
            count.operations += operations(service).count();
        }
        count
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.services += other.services;
        self.operations += other.operations;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count| if count == 1 { "" } else { "s" };
        let Self {
            services,
            operations,
        } = *self;
        write!(f, "{operations} operation{} gated", plural(operations))?;
        if services > 0 {
            write!(f, ", {services} whole service{}", plural(services))?;
        }
        Ok(())
    }
}

/// The gated operations of a service.
pub(crate) fn operations<'m>(
    service: &'m Service,
) -> impl Iterator<Item = (&'m Operation, &'m str)> {
    let reason = |one: &'m Operation| Some((one, one.gated.as_deref()?));
    service.operations.iter().filter_map(reason)
}

/// Why nothing of a service is generated; nothing where something is.
pub(crate) fn reason(service: &Service) -> Option<&str> {
    let all = || {
        let some = !service.operations.is_empty();
        (some && operations(service).count() == service.operations.len())
            .then_some("every operation is gated")
    };
    service.gated.as_deref().or_else(all)
}

/// What is generated of a service: all of it, or a copy without the gated operations and
/// the types that only they use; nothing where the service is gated.
pub(crate) fn open(service: &Service) -> Option<Cow<'_, Service>> {
    if reason(service).is_some() {
        return None;
    }
    if operations(service).next().is_none() {
        return Some(Cow::Borrowed(service));
    }
    let mut open = service.clone();
    open.operations.retain(|one| one.gated.is_none());
    drop_unreached(&mut open);
    Some(Cow::Owned(open))
}
