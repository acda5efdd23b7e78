//! One change at one place of a spec.

use serde_yaml::{Mapping, Value as Yaml};

use crate::sets::Set;

/// A step from a value to one inside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// A key of a mapping.
    Key(String),
    /// An item of a sequence.
    Item(usize),
}

/// What is done to the value at a path.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    /// It becomes another one.
    Set(Yaml),
    /// It goes, with its key.
    Remove,
    /// Its key becomes another one, at the same place.
    Rename(String),
    /// A mapping gets a key: first of all, or last.
    Insert(&'static str, Yaml, bool),
    /// A sequence gets an item at its end.
    Push(Yaml),
    /// An item changes places with the one behind it.
    Swap,
}

/// One change of one set.
#[derive(Clone, Debug)]
pub(crate) struct Mutation {
    /// The number of the set.
    pub(crate) set: usize,
    /// The number of the file.
    pub(crate) file: usize,
    /// Where.
    pub(crate) path: Vec<Step>,
    /// What.
    pub(crate) edit: Edit,
}

impl Mutation {
    /// The value of the file after it, null where the file goes; nothing where it does
    /// nothing.
    pub(crate) fn applied(&self, set: &Set) -> Option<Yaml> {
        if self.path.is_empty() && matches!(self.edit, Edit::Remove) {
            return Some(Yaml::Null);
        }
        let mut root = set.files[self.file].1.clone();
        apply(&mut root, &self.path, &self.edit)?;
        (root != set.files[self.file].1 || matches!(self.edit, Edit::Swap))
            .then_some(root)
    }

    /// The set after it.
    pub(crate) fn mutated(&self, set: &Set) -> Option<Set> {
        let root = self.applied(set)?;
        let mut set = set.clone();
        if root.is_null() {
            set.files.remove(self.file);
        } else {
            set.files[self.file].1 = root;
        }
        Some(set)
    }

    /// `alibaba/ram/UpdateUser.yaml request.UserName.pattern: set "x"`.
    pub(crate) fn shown(&self, set: &Set) -> String {
        let what = match &self.edit {
            Edit::Set(value) => format!("set {}", one_line(value)),
            Edit::Remove => "remove".to_owned(),
            Edit::Rename(name) => format!("rename {name}"),
            Edit::Insert(key, value, _) => format!("insert {key}: {}", one_line(value)),
            Edit::Push(value) => format!("push {}", one_line(value)),
            Edit::Swap => "swap".to_owned(),
        };
        format!("{} {}: {what}", set.files[self.file].0, self.dotted())
    }

    /// What stands there before it.
    pub(crate) fn before<'s>(&self, set: &'s Set) -> Option<&'s Yaml> {
        let root = &set.files[self.file].1;
        self.path.iter().try_fold(root, |value, step| match step {
            Step::Key(key) => value.get(key.as_str()),
            Step::Item(index) => value.get(*index),
        })
    }

    /// `request.UserName.pattern`, `errors[2].code`.
    pub(crate) fn dotted(&self) -> String {
        let mut text = String::new();
        for step in &self.path {
            match step {
                Step::Key(key) if text.is_empty() => text.push_str(key),
                Step::Key(key) => text.push_str(&format!(".{key}")),
                Step::Item(index) => text.push_str(&format!("[{index}]")),
            }
        }
        text
    }

    /// Its pattern, and which of several values is set.
    pub(crate) fn kind(&self, set: &Set) -> String {
        let (file, pattern) = (&set.files[self.file].0, self.pattern());
        let name = file.rsplit('/').next().unwrap_or_default();
        let which = ["provider.yaml", "service.yaml", "types.yaml"]
            .iter()
            .position(|one| *one == name);
        let value = match &self.edit {
            Edit::Insert(_, value, first) => format!("{} {first}", one_line(value)),
            // Words of the format are few; texts of a spec are all of one kind.
            Edit::Set(Yaml::String(text)) if text.len() < 12 && !text.contains(' ') => {
                let ends = text.ends_with('x');
                if ends { "x".to_owned() } else { text.clone() }
            }
            Edit::Set(value) => format!("{:?}", std::mem::discriminant(value)),
            _ => String::new(),
        };
        format!("{which:?} {pattern} {value}")
    }

    /// The path with a star for each name and number that the spec chooses.
    pub(crate) fn pattern(&self) -> String {
        let mut steps: Vec<&str> = Vec::new();
        let mut named = false;
        for step in &self.path {
            match step {
                Step::Key(key) => steps.push(if named { "*" } else { key }),
                Step::Item(_) => steps.push("[]"),
            }
            let of_names = [
                "request",
                "response",
                "error_body",
                "common_parameters",
                "special",
                "alternates",
            ];
            named = match step {
                Step::Key(key) if !named => {
                    of_names.contains(&key.as_str()) || key == "types"
                }
                // A structure's members have names as well.
                Step::Key(_) => steps.len() == 2 && steps[0] == "types",
                Step::Item(_) => false,
            };
        }
        let what = match &self.edit {
            Edit::Set(_) => "set",
            Edit::Remove => "remove",
            Edit::Rename(_) => "rename",
            Edit::Insert(key, ..) => return format!("{} insert {key}", steps.join(".")),
            Edit::Push(_) => "push",
            Edit::Swap => "swap",
        };
        format!("{} {what}", steps.join("."))
    }
}

fn one_line(value: &Yaml) -> String {
    serde_json::to_string(value).expect("it has text keys")
}

fn apply(root: &mut Yaml, path: &[Step], edit: &Edit) -> Option<()> {
    let Some((last, above)) = path.split_last() else {
        return here(root, edit);
    };
    let parent = above
        .iter()
        .try_fold(root, |value, step| child(value, step))?;
    match (edit, last, parent) {
        (Edit::Remove, Step::Key(key), Yaml::Mapping(map)) => {
            map.shift_remove(key.as_str()).map(drop)
        }
        (Edit::Remove, Step::Item(index), Yaml::Sequence(items)) => {
            (*index < items.len()).then(|| drop(items.remove(*index)))
        }
        (Edit::Swap, Step::Item(index), Yaml::Sequence(items)) => {
            (index + 1 < items.len()).then(|| items.swap(*index, index + 1))
        }
        (Edit::Swap, Step::Key(key), Yaml::Mapping(map)) => {
            let at = map.keys().position(|one| one.as_str() == Some(key))?;
            let mut entries: Vec<_> = std::mem::take(map).into_iter().collect();
            let can = at + 1 < entries.len();
            if can {
                entries.swap(at, at + 1);
            }
            *map = entries.into_iter().collect();
            can.then_some(())
        }
        (Edit::Rename(name), Step::Key(key), Yaml::Mapping(map)) => {
            let renamed = std::mem::take(map).into_iter().map(|(one, value)| {
                let same = one.as_str() == Some(key);
                (if same { name.as_str().into() } else { one }, value)
            });
            *map = renamed.collect();
            Some(())
        }
        (edit, step, parent) => here(child(parent, step)?, edit),
    }
}

fn here(value: &mut Yaml, edit: &Edit) -> Option<()> {
    match (edit, value) {
        (Edit::Set(to), value) => *value = to.clone(),
        (Edit::Insert(key, item, first), Yaml::Mapping(map)) => {
            if map.contains_key(*key) {
                return None;
            }
            let mut entries: Vec<(Yaml, Yaml)> =
                std::mem::take(map).into_iter().collect();
            let at = if *first { 0 } else { entries.len() };
            entries.insert(at, ((*key).into(), item.clone()));
            *map = entries.into_iter().collect::<Mapping>();
        }
        (Edit::Push(item), Yaml::Sequence(items)) => items.push(item.clone()),
        _ => return None,
    }
    Some(())
}

fn child<'v>(value: &'v mut Yaml, step: &Step) -> Option<&'v mut Yaml> {
    match (value, step) {
        (Yaml::Mapping(map), Step::Key(key)) => map.get_mut(key.as_str()),
        (Yaml::Sequence(items), Step::Item(index)) => items.get_mut(*index),
        _ => None,
    }
}
