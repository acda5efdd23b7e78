//! What a request asks the server to do, as the id of a user.

/// An operation, by its product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // the products' own names
pub enum Api {
    Ram,
    Live,
    Quickbi,
    Cam,
    Workspace,
}

impl Api {
    /// All five.
    pub const ALL: [Self; 5] = [
        Self::Ram,
        Self::Live,
        Self::Quickbi,
        Self::Cam,
        Self::Workspace,
    ];
}

/// What the server makes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// A documented success, and the connection is kept.
    Answer,
    /// A documented error.
    Refuse,
    /// 500 with an HTML page.
    Html500,
    /// 503 with an HTML page that asks for a second's pause.
    Html503,
    /// 429 with an HTML page, time after time.
    Html429,
    /// 429 that asks for a pause of an hour.
    Later429,
    /// 429 once, then a success.
    Once429,
    /// An HTML page with 200.
    Html200,
    /// A body that calls itself gzip and would grow a thousandfold.
    Bomb,
    /// A success with an unknown member, nested 128 deep.
    Deep,
    /// A success with an unknown member, nested 100,000 deep.
    Abyss,
    /// Every member has another type than the documented one.
    Types,
    /// A header of four megabytes.
    Header,
    /// 5,000 headers.
    Headers,
    /// Announces a terabyte.
    Huge,
    /// A chunked body without an end.
    Endless,
    /// Announces more than it sends, and closes.
    Truncate,
    /// Something else than HTTP.
    Garbage,
    /// Closes without an answer.
    HangUp,
    /// Resets the connection.
    Reset,
    /// A byte every tenth of a second.
    Drip,
    /// Never answers.
    Stall,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 22] = [
        Self::Answer,
        Self::Refuse,
        Self::Html500,
        Self::Html503,
        Self::Html429,
        Self::Later429,
        Self::Once429,
        Self::Html200,
        Self::Bomb,
        Self::Deep,
        Self::Abyss,
        Self::Types,
        Self::Header,
        Self::Headers,
        Self::Huge,
        Self::Endless,
        Self::Truncate,
        Self::Garbage,
        Self::HangUp,
        Self::Reset,
        Self::Drip,
        Self::Stall,
    ];

    /// Whether the client holds its connection until the time is up.
    pub fn is_slow(self) -> bool {
        matches!(self, Self::Drip | Self::Stall)
    }

    /// Whether the connection is of no more use afterwards.
    pub fn breaks(self) -> bool {
        self >= Self::Header
    }
}

/// One call: the operation, what the server does, and a number that makes the id unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The operation.
    pub api: Api,
    /// What the server does.
    pub act: Act,
    /// The number of the call.
    pub number: u64,
}

/// What every id begins with.
const MARK: &str = "chaos-";

impl Plan {
    /// The id of the user, such as `chaos-Cam-Reset-17-`; every operation takes it.
    pub fn id(&self) -> String {
        let Self { api, act, number } = self;
        format!("{MARK}{api:?}-{act:?}-{number}-")
    }

    /// Finds the id in a request, wherever it stands there.
    pub(super) fn find(request: &[u8]) -> Option<Self> {
        let mark = MARK.as_bytes();
        let at = request
            .windows(mark.len())
            .position(|window| window == mark)?;
        let end = request.len().min(at + 64);
        let text = std::str::from_utf8(&request[at + mark.len()..end]).ok()?;
        let mut parts = text.split('-');
        let (api, act, number) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self {
            api: Api::ALL.into_iter().find(|it| format!("{it:?}") == api)?,
            act: Act::ALL.into_iter().find(|it| format!("{it:?}") == act)?,
            number: number.parse().ok()?,
        })
    }
}
