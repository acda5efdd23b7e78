//! The members of a request, sorted by where they travel.

use http::{HeaderName, HeaderValue, Method};

use super::{EncodeError, FORM, Header, HttpRequest, json, path, text};
use crate::endpoint::is_label;
use crate::operation::Call;
use crate::sign::canonical;
use crate::value::{Location, Member, Structure, Value};

/// What the members of a request say, by place.
#[derive(Default)]
pub(super) struct Parts<'a> {
    path: Vec<(&'a str, String)>,
    query: Vec<(String, String)>,
    headers: Vec<Header>,
    host_label: Option<String>,
    body: Body,
}

#[derive(Default)]
enum Body {
    #[default]
    None,
    /// An object that is still open.
    Members(Vec<u8>),
    Form(Vec<(String, String)>),
    Payload(Vec<u8>),
}

impl Body {
    fn kind(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Members(_) => "JSON members",
            Self::Form(_) => "a form",
            Self::Payload(_) => "a payload",
        }
    }
}

/// A request without the headers of its protocol.
pub(super) struct Draft {
    pub(super) http: HttpRequest,
    /// The content type that the body has by its members; none without a body.
    pub(super) content: Option<&'static str>,
}

impl<'a> Parts<'a> {
    pub(super) fn gather(request: &'a dyn Structure) -> Result<Self, EncodeError> {
        let mut parts = Self {
            headers: Vec::with_capacity(6),
            ..Self::default()
        };
        for (index, member) in request.members().iter().enumerate() {
            parts.add(member, &request.value(index))?;
        }
        Ok(parts)
    }

    fn add(&mut self, member: &Member<'a>, value: &Value<'_>) -> Result<(), EncodeError> {
        match member.location {
            Location::Path => {
                let text = text::single(member, value, "a path")?.unwrap_or_default();
                self.path.push((member.name, text));
            }
            Location::Query => text::write_pairs(&mut self.query, member, value)?,
            Location::Header => {
                if let Some(text) = text::whole(member, value, "a header")? {
                    let (name, mut content) = header(member.name, &text)?;
                    content.set_sensitive(matches!(value, Value::Secret(_)));
                    self.headers.push((name, content));
                }
            }
            Location::Host => {
                let label = text::single(member, value, "a host")?.unwrap_or_default();
                if !is_label(&label) {
                    return Err(EncodeError::HostLabel {
                        member: member.name.to_owned(),
                    });
                }
                self.host_label = Some(label);
            }
            Location::Body => self.body.member(member, value)?,
            Location::Form => self.body.pair(member, value)?,
            Location::Payload => self.body.payload(member, value)?,
        }
        Ok(())
    }

    /// The request that these parts make.
    pub(super) fn draft(
        self,
        call: &Call<'_>,
        host: &str,
        project_id: Option<&str>,
    ) -> Result<Draft, EncodeError> {
        let method = Method::from_bytes(call.method.as_bytes())
            .map_err(|_| EncodeError::Method(call.method.to_owned()))?;
        let host = match self.host_label {
            Some(label) => [&label, ".", host].concat(),
            None => host.to_owned(),
        };
        let path = path::fill(call.path, &self.path, project_id)?;
        let (body, content) = self.body.finish();
        let Self { query, headers, .. } = self;
        let http = HttpRequest {
            method,
            host,
            path,
            query,
            headers,
            body,
        };
        Ok(Draft { http, content })
    }
}

impl Body {
    fn member(
        &mut self,
        member: &Member<'_>,
        value: &Value<'_>,
    ) -> Result<(), EncodeError> {
        if let Self::None = self {
            *self = Self::Members(opened_object());
        }
        let Self::Members(object) = self else {
            return Err(self.clash("JSON members"));
        };
        json::write_entry(object, member.name, value)
            .map_err(|refusal| text::refuse(member, refusal))
    }

    fn pair(
        &mut self,
        member: &Member<'_>,
        value: &Value<'_>,
    ) -> Result<(), EncodeError> {
        if let Self::None = self {
            *self = Self::Form(Vec::new());
        }
        let Self::Form(pairs) = self else {
            return Err(self.clash("a form"));
        };
        text::write_pairs(pairs, member, value)
    }

    fn payload(
        &mut self,
        member: &Member<'_>,
        value: &Value<'_>,
    ) -> Result<(), EncodeError> {
        let Self::None = self else {
            return Err(self.clash("a payload"));
        };
        if matches!(value, Value::Absent) {
            return Ok(());
        }
        let mut bytes = Vec::with_capacity(256);
        json::write(&mut bytes, value)
            .map_err(|refusal| text::refuse(member, refusal))?;
        *self = Self::Payload(bytes);
        Ok(())
    }

    fn clash(&self, second: &'static str) -> EncodeError {
        EncodeError::Bodies {
            first: self.kind(),
            second,
        }
    }

    /// The bytes, and their content type.
    fn finish(self) -> (Vec<u8>, Option<&'static str>) {
        match self {
            Self::None => (Vec::new(), None),
            Self::Payload(bytes) => (bytes, Some(JSON)),
            Self::Members(mut object) => {
                object.push(b'}');
                (object, Some(JSON))
            }
            Self::Form(mut pairs) => {
                pairs.sort_unstable();
                let mut body = String::new();
                canonical::query(&mut body, &pairs);
                (body.into_bytes(), Some(FORM))
            }
        }
    }
}

/// The start of an object that most requests fit into.
fn opened_object() -> Vec<u8> {
    let mut object = Vec::with_capacity(256);
    object.push(b'{');
    object
}

/// The content type of JSON.
pub(super) const JSON: &str = "application/json";

fn header(name: &str, text: &str) -> Result<Header, EncodeError> {
    let refused = || EncodeError::Header {
        name: name.to_owned(),
    };
    let value = HeaderValue::try_from(text.trim()).map_err(|_| refused())?;
    Ok((
        HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?,
        value,
    ))
}
