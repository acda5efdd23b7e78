//! The members of a request, sorted by where they travel.

use http::{HeaderName, HeaderValue, Method};

use super::multipart::{Files, MULTIPART};
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
    /// The content type that the operation states.
    stated: Option<&'a str>,
    body: Body,
}

#[derive(Default)]
enum Body {
    #[default]
    None,
    /// An object that is still open.
    Members(Vec<u8>),
    Form(Vec<(String, String)>),
    Files(Files),
    Payload(Vec<u8>, &'static str),
}

impl Body {
    fn kind(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Members(_) => "JSON members",
            Self::Form(_) | Self::Files(_) => "a form",
            Self::Payload(..) => "a payload",
        }
    }
}

/// A request without the headers of its protocol.
pub(super) struct Draft {
    pub(super) http: HttpRequest,
    /// The content type that the operation states, or that the body has by its members;
    /// none without a body.
    pub(super) content: Option<String>,
}

impl<'a> Parts<'a> {
    pub(super) fn gather(
        request: &'a dyn Structure,
        stated: Option<&'a str>,
    ) -> Result<Self, EncodeError> {
        let mut parts = Self {
            headers: Vec::with_capacity(6),
            stated,
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
            Location::Form if self.stated == Some(MULTIPART) => {
                self.body.part(member, value)?;
            }
            Location::Form => self.body.pair(member, value)?,
            Location::Payload => self.body.payload(member, value, self.stated)?,
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
        let (template, fixed) = path::split(call.path);
        let path = path::fill(template, &self.path, project_id)?;
        let (body, own) = self.body.finish();
        let Self {
            mut query, headers, ..
        } = self;
        query.splice(0..0, fixed);
        let stated = self.stated.filter(|stated| *stated != MULTIPART);
        let content = stated.map(str::to_owned).or(own);
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

    fn part(
        &mut self,
        member: &Member<'_>,
        value: &Value<'_>,
    ) -> Result<(), EncodeError> {
        if let Self::None = self {
            *self = Self::Files(Files::default());
        }
        let Self::Files(files) = self else {
            return Err(self.clash("a form"));
        };
        files.add(member, value)
    }

    /// Bytes as they are; a text too, where the operation states a type that is no JSON.
    fn payload(
        &mut self,
        member: &Member<'_>,
        value: &Value<'_>,
        stated: Option<&str>,
    ) -> Result<(), EncodeError> {
        let Self::None = self else {
            return Err(self.clash("a payload"));
        };
        let is_text = stated.is_some_and(|stated| !is_json(stated));
        *self = match value {
            Value::Absent => return Ok(()),
            Value::Bytes(bytes) => Self::Payload(bytes.to_vec(), BYTES),
            Value::String(text) if is_text => {
                Self::Payload(text.as_bytes().to_vec(), TEXT)
            }
            Value::Secret(text) if is_text => {
                Self::Payload(text.as_bytes().to_vec(), TEXT)
            }
            value => {
                let mut bytes = Vec::with_capacity(256);
                json::write(&mut bytes, value)
                    .map_err(|refusal| text::refuse(member, refusal))?;
                Self::Payload(bytes, JSON)
            }
        };
        Ok(())
    }

    fn clash(&self, second: &'static str) -> EncodeError {
        EncodeError::Bodies {
            first: self.kind(),
            second,
        }
    }

    /// The bytes, and their content type.
    fn finish(self) -> (Vec<u8>, Option<String>) {
        let (body, content) = match self {
            Self::None => return (Vec::new(), None),
            Self::Payload(bytes, content) => (bytes, content),
            Self::Members(mut object) => {
                object.push(b'}');
                (object, JSON)
            }
            Self::Form(mut pairs) => {
                pairs.sort_unstable();
                let mut body = String::new();
                canonical::query(&mut body, &pairs);
                (body.into_bytes(), FORM)
            }
            Self::Files(files) => {
                let (body, content) = files.finish();
                return (body, Some(content));
            }
        };
        (body, Some(content.to_owned()))
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
/// The content type of bytes.
const BYTES: &str = "application/octet-stream";
/// The content type of a text.
const TEXT: &str = "text/plain";

/// Whether a content type is JSON, whatever it is called and has behind a semicolon.
pub(super) fn is_json(content: &str) -> bool {
    let essence = content.split(';').next().unwrap_or_default();
    essence.trim_end().ends_with("json")
}

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
