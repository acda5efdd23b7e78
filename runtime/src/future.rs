//! The boxed future that the object-safe traits return.

use std::pin::Pin;

/// A future behind one pointer, so that the trait that returns it can be a trait object.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
