//! What the readers of both formats need.

use crate::load;

pub(super) use crate::import::reader::{DEPRECATED, Reader, entries, items};

impl Reader<'_> {
    /// The name of a member as the wire has it, without what belongs to a page; nothing
    /// where that leaves no name.
    pub(in crate::import::huawei) fn name(
        &mut self,
        name: &str,
        at: &str,
    ) -> Option<String> {
        let plain = name
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
        if plain != name {
            self.lose("name with HTML escapes, which are undone", at);
        }
        let trimmed = plain.trim();
        if trimmed.len() < plain.len() && !trimmed.is_empty() {
            self.lose("name with a blank at an end, which is cut", at);
        }
        if trimmed.is_empty() || trimmed.chars().any(load::is_refused) {
            self.lose("member without a name", at);
            return None;
        }
        Some(trimmed.to_owned())
    }
}
