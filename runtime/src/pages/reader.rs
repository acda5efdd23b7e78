//! Asks for one page after the other. Nothing here depends on the operation's type.

use std::fmt;
use std::mem;
use std::task::{Context, Poll};

use super::Pagination;
use super::walk::{PagesProblem, Walk};
use crate::client::Client;
use crate::decode::Decode;
use crate::error::{DecodeError, DecodeProblem, Error};
use crate::future::BoxFuture;
use crate::operation::Call;
use crate::response::{Response, Success};
use crate::value::Structure;
use crate::wire_enum::{NoCodes, WireEnum};

type Page = Result<Success, Error<NoCodes>>;

/// A list that is being read.
pub(super) struct Reader {
    state: State,
    total: Option<u64>,
}

enum State {
    /// Ready to ask for a page.
    Idle(Box<Asker>),
    /// Waiting for one.
    Busy(BoxFuture<'static, (Box<Asker>, Page)>),
    /// With what is still to be said, there are no more.
    Over(Option<Error<NoCodes>>),
}

struct Asker {
    client: Client,
    call: Call<'static>,
    walk: Walk,
}

impl Reader {
    pub(super) fn new(
        client: Client,
        call: Call<'static>,
        request: Box<dyn Structure>,
        facts: Pagination,
        refused: Option<Error<NoCodes>>,
    ) -> Self {
        let walk = Walk::new(request, facts);
        let state = match refused {
            Some(error) => State::Over(Some(error)),
            None => State::Idle(Box::new(Asker { client, call, walk })),
        };
        Self { state, total: None }
    }

    pub(super) fn max_pages(&mut self, pages: u32) {
        if let State::Idle(asker) = &mut self.state {
            asker.walk.most = pages;
        }
    }

    pub(super) fn total(&self) -> Option<u64> {
        self.total
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Page>> {
        loop {
            match mem::replace(&mut self.state, State::Over(None)) {
                State::Over(error) => return Poll::Ready(error.map(Err)),
                State::Idle(asker) => self.state = State::Busy(Box::pin(asker.ask())),
                State::Busy(mut answer) => {
                    let Poll::Ready((asker, page)) = answer.as_mut().poll(context) else {
                        self.state = State::Busy(answer);
                        return Poll::Pending;
                    };
                    return Poll::Ready(Some(self.take(asker, page)));
                }
            }
        }
    }

    /// Reads a page; there are no more behind one that cannot be read.
    pub(super) fn read<T: Decode, E: WireEnum>(
        &mut self,
        page: Page,
    ) -> Result<Response<T>, Error<E>> {
        let page = page.map_err(Error::with_codes)?.decode();
        if page.is_err() {
            self.state = State::Over(None);
        }
        page
    }

    /// Looks where the page leads to. Items that came before are no page; any other problem
    /// comes behind the page, whose items are good.
    fn take(&mut self, mut asker: Box<Asker>, page: Page) -> Page {
        let page = page?;
        let turned = asker.walk.turn(&page.json);
        self.total = asker.walk.total;
        match turned {
            Ok(true) => self.state = State::Idle(asker),
            Ok(false) => {}
            Err(problem) => {
                let is_same =
                    matches!(problem, DecodeProblem::Pages(PagesProblem::Repeated))
                        && !asker.walk.has_tokens();
                let error = Error::Decode(Box::new(DecodeError {
                    problem,
                    request_id: page.request_id.clone(),
                    attempts: page.attempts,
                    received: page.received.clone(),
                }));
                if is_same {
                    return Err(error);
                }
                self.state = State::Over(Some(error));
            }
        }
        Ok(page)
    }
}

impl Asker {
    async fn ask(self: Box<Self>) -> (Box<Self>, Page) {
        let page = self.client.exchange(&self.call, &self.walk.request).await;
        (self, page)
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Idle(_) => "idle",
            State::Busy(_) => "waiting",
            State::Over(_) => "over",
        };
        f.debug_struct("Reader")
            .field("state", &state)
            .field("total", &self.total)
            .finish()
    }
}
