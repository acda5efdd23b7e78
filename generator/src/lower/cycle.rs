//! Which structures hold themselves, and so need a `Box` somewhere.

/// The cycle that each node is on: two nodes of one number can reach each other.
///
/// `edges[node]` lists the nodes that a node leads to. One walk, and no recursion: a chain
/// of structures may be as long as its author likes.
pub(super) fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut walk = Walk {
        edges,
        order: vec![None; edges.len()],
        low: vec![0; edges.len()],
        component: vec![None; edges.len()],
        open: Vec::new(),
        visited: 0,
    };
    for node in 0..edges.len() {
        if walk.order[node].is_none() {
            walk.from(node);
        }
    }
    let component = walk
        .component
        .iter()
        .map(|root| root.expect("every node was closed"));
    component.collect()
}

/// Tarjan's algorithm, with its call stack as data.
struct Walk<'e> {
    edges: &'e [Vec<usize>],
    order: Vec<Option<usize>>,
    low: Vec<usize>,
    component: Vec<Option<usize>>,
    open: Vec<usize>,
    visited: usize,
}

impl Walk<'_> {
    fn from(&mut self, root: usize) {
        self.enter(root);
        let mut path = vec![(root, 0)];
        while let Some((node, edge)) = path.last_mut() {
            let node = *node;
            if let Some(&next) = self.edges[node].get(*edge) {
                *edge += 1;
                match self.order[next] {
                    None => {
                        self.enter(next);
                        path.push((next, 0));
                    }
                    Some(order) if self.component[next].is_none() => {
                        self.low[node] = self.low[node].min(order);
                    }
                    Some(_) => {}
                }
            } else {
                path.pop();
                if let Some((parent, _)) = path.last() {
                    self.low[*parent] = self.low[*parent].min(self.low[node]);
                }
                self.leave(node);
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.order[node] = Some(self.visited);
        self.low[node] = self.visited;
        self.visited += 1;
        self.open.push(node);
    }

    /// Closes the component whose first node this is.
    fn leave(&mut self, node: usize) {
        if Some(self.low[node]) != self.order[node] {
            return;
        }
        while let Some(member) = self.open.pop() {
            self.component[member] = Some(node);
            if member == node {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn only_cycles_share_a_component() {
        // 0 → 1 ⇄ 2 → 3 → 3, 4 → 0
        let edges = [vec![1], vec![2], vec![1, 3], vec![3], vec![0]];
        let found = components(&edges);
        assert_eq!(found[1], found[2]);
        let mut others = vec![found[0], found[1], found[3], found[4]];
        others.dedup();
        assert_eq!(others.len(), 4, "{found:?}");
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let edges: Vec<_> = (0..200_000)
            .map(|node| vec![(node + 1) % 200_000])
            .collect();
        let found = components(&edges);
        assert!(found.iter().all(|component| *component == found[0]));
    }
}
