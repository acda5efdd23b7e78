//! The same client for programs without async code.
//!
//! A call polls on the thread that makes it, while one thread of this module, shared by all
//! blocking clients of the process, waits for sockets and timers. So it works everywhere: on
//! any thread, on several at once, and inside an async runtime, where it never panics, but
//! holds up the thread of the runtime until the answer is there; the async client is the
//! better one there.

mod lists;

use std::future::pending;
use std::io;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime::{Builder, Handle};
use tokio::task::unconstrained;

use crate::config::{Config, ConfigError};
use crate::error::Error;
use crate::operation::{Operation, Service};
use crate::response::Response;

pub use lists::{Items, Pages, Waiter};

/// Calls the operations of one service and waits for the answers. Clones share the
/// connections, the stock of retries and the rate limits.
///
/// Sources of credentials and transports run on the calling thread, inside a tokio runtime of
/// this module.
#[derive(Clone, Debug)]
pub struct Client {
    client: crate::Client,
    driver: Handle,
}

impl Client {
    /// A client for a service.
    ///
    /// # Errors
    /// [`ConfigError`] as of the async client, and where no thread can be had.
    pub fn new(service: &'static Service, config: Config) -> Result<Self, ConfigError> {
        crate::Client::new(service, config).and_then(Self::over)
    }

    /// A client with what the environment says, as [`crate::Client::from_env`] takes it.
    ///
    /// # Errors
    /// [`ConfigError`] as of the async client, and where no thread can be had.
    pub fn from_env(service: &'static Service) -> Result<Self, ConfigError> {
        crate::Client::from_env(service).and_then(Self::over)
    }

    /// Calls an operation.
    ///
    /// # Errors
    /// [`Error`]; see its variants.
    pub fn call<O: Operation>(
        &self,
        request: O,
    ) -> Result<Response<O::Response>, Error<O::Error>> {
        wait(&self.driver, self.client.call(request))
    }

    fn over(client: crate::Client) -> Result<Self, ConfigError> {
        let driver = driver().map_err(ConfigError::Thread)?;
        Ok(Self { client, driver })
    }
}

/// The runtime of all blocking clients; it starts with the first and ends with the process,
/// so that what clients share, such as a cache of credentials, outlives each of them.
fn driver() -> io::Result<Handle> {
    static DRIVER: Mutex<Option<Handle>> = Mutex::new(None);
    let mut driver = DRIVER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*driver {
        return Ok(handle.clone());
    }
    let (sender, started) = mpsc::channel();
    let run = move || {
        let runtime = Builder::new_current_thread().enable_all().build();
        let handle = runtime.as_ref().map(|runtime| runtime.handle().clone());
        // Whoever asked waits for it.
        let _ = sender.send(
            handle.map_err(|error| io::Error::new(error.kind(), error.to_string())),
        );
        if let Ok(runtime) = runtime {
            runtime.block_on(pending::<()>());
        }
    };
    thread::Builder::new()
        .name("yun-sdk".to_owned())
        .spawn(run)?;
    let handle = started.recv().map_err(io::Error::other)??;
    Ok(driver.insert(handle).clone())
}

/// Polls a future on this thread until it is ready. `Handle::block_on` would do the same, but
/// panics inside another runtime.
fn wait<F: Future>(driver: &Handle, future: F) -> F::Output {
    let _inside = driver.enter();
    // A task of another runtime may have used up its share of polls, and nobody renews it here.
    let mut future = pin!(unconstrained(future));
    let alarm = Arc::new(Alarm {
        thread: thread::current(),
        rung: AtomicBool::new(false),
    });
    let waker = Waker::from(Arc::clone(&alarm));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        while !alarm.rung.swap(false, Ordering::AcqRel) {
            thread::park();
        }
    }
}

/// Wakes a thread. The flag tells a call for this future from one for other code that parks.
struct Alarm {
    thread: Thread,
    rung: AtomicBool,
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.rung.store(true, Ordering::Release);
        self.thread.unpark();
    }
}
