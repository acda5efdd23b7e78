//! A change of one text, made to another that began as the same: what a person wrote between
//! the lines stays.

/// More than so many comparisons are not worth it.
const MOST: usize = 20_000_000;

/// Does to `ours` what made `theirs` of `base`. Where both changed the same lines, those of
/// `theirs` stand. Nothing where the texts are too long to compare.
pub(super) fn weave(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let [base, ours, theirs] =
        [base, ours, theirs].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    let mine = edits(&base, &ours)?;
    let others = edits(&base, &theirs)?;
    let mut woven: Vec<&str> = Vec::new();
    let (mut at, mut own, mut other) = (0, 0, 0);
    loop {
        let (start, end) = match (mine.get(own), others.get(other)) {
            (None, None) => break,
            (Some(one), Some(another)) if one.overlaps(another.from, another.to) => {
                (one.from.min(another.from), one.to.max(another.to))
            }
            (Some(one), another)
                if another.is_none_or(|another| {
                    (one.from, one.to) <= (another.from, another.to)
                }) =>
            {
                woven.extend(&base[at..one.from]);
                woven.extend(&ours[one.start..one.end]);
                at = one.to;
                own += 1;
                continue;
            }
            (_, Some(another)) | (Some(another), None) => (another.from, another.to),
        };
        woven.extend(&base[at..start]);
        at = start;
        let mut end = end;
        // Whatever touches these lines as well goes with them.
        loop {
            if let Some(one) = mine.get(own).filter(|one| one.overlaps(start, end)) {
                end = end.max(one.to);
                own += 1;
            } else if let Some(another) = others.get(other)
                && (another.overlaps(start, end) || another.from == start)
            {
                end = end.max(another.to);
                woven.extend(&base[at..another.from]);
                woven.extend(&theirs[another.start..another.end]);
                at = another.to;
                other += 1;
            } else {
                break;
            }
        }
        woven.extend(&base[at..end]);
        at = end;
    }
    woven.extend(&base[at..]);
    Some(woven.concat())
}

/// Lines `from` to `to` of one text that became lines `start` to `end` of another.
#[derive(Clone, Copy, Debug)]
struct Edit {
    from: usize,
    to: usize,
    start: usize,
    end: usize,
}

impl Edit {
    fn overlaps(&self, from: usize, to: usize) -> bool {
        self.from < to && from < self.to
    }
}

/// What makes one text of the other; nothing where that takes too long.
fn edits(one: &[&str], other: &[&str]) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let (mut from, mut start) = (0, 0);
    let end = std::iter::once((one.len(), other.len()));
    for (to, end) in common(one, other)?.into_iter().chain(end) {
        if from < to || start < end {
            edits.push(Edit {
                from,
                to,
                start,
                end,
            });
        }
        (from, start) = (to + 1, end + 1);
    }
    Some(edits)
}

/// The lines of a longest common sequence, by their numbers in both texts.
fn common(one: &[&str], other: &[&str]) -> Option<Vec<(usize, usize)>> {
    let pairs = one.iter().zip(other);
    let start = pairs.take_while(|(a, b)| a == b).count();
    let pairs = one[start..].iter().rev().zip(other[start..].iter().rev());
    let same = pairs.take_while(|(a, b)| a == b).count();
    let [a, b] = [
        &one[start..one.len() - same],
        &other[start..other.len() - same],
    ];
    if a.len().saturating_mul(b.len()) > MOST {
        return None;
    }
    let width = b.len() + 1;
    let mut longest = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i] == b[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let mut matched: Vec<_> = (0..start).map(|line| (line, line)).collect();
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            matched.push((start + i, start + j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    let back = (0..same).rev();
    matched.extend(back.map(|back| (one.len() - 1 - back, other.len() - 1 - back)));
    Some(matched)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_goes_where_it_belongs() {
        let base = "a\nb\nc\nd\n";
        for (ours, theirs, woven) in [
            ("a\nb\nc\nd\n", "a\nB\nc\nd\n", "a\nB\nc\nd\n"),
            ("# x\na\nb\nc\nd\n", "a\nb\nd\n", "# x\na\nb\nd\n"),
            ("a\nb\nc # y\nd\n", "a\nb\nc\nd\ne\n", "a\nb\nc # y\nd\ne\n"),
            ("a\nmine\nc\nd\n", "a\ntheirs\nc\nd\n", "a\ntheirs\nc\nd\n"),
            ("a\nmine\nc\nd\n", "a\nb\nC\nd\n", "a\nmine\nC\nd\n"),
            ("a\nx\ny\nd\n", "a\nB\nc\nd\n", "a\nB\nc\nd\n"),
            ("m\na\nb\nc\nd\n", "t\na\nb\nc\nd\n", "m\nt\na\nb\nc\nd\n"),
            ("", "a\nb\nc\nd\n", ""),
            ("a\nb\nc\nd\n", "", ""),
        ] {
            assert_eq!(weave(base, ours, theirs).as_deref(), Some(woven), "{ours}");
        }
    }
}
