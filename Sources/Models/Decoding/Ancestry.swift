import Tensors

/// Which rows of the steps before the hypotheses of a step come from.
///
/// A row stays as long as a hypothesis comes from it, and is one row however many do: what several
/// hypotheses begin with is computed once.
package struct Ancestry {
  /// The rows of one step that are left, seen from the step after it.
  package struct Generation: Hashable {
    /// The place of each among those that were left one step ago.
    package let kept: [Int32]
    /// For each row that is left of the step after it, the place among `kept` of the row it extends.
    package let parents: [Int32]

    /// - Parameter rows: the place one step ago of the row that each row of the step after it extends.
    fileprivate init(_ rows: [Int32]) {
      var kept: [Int32] = []
      var places = [Int32](repeating: -1, count: Int(rows.max() ?? -1) + 1)
      parents = rows.map { row in
        if places[Int(row)] < 0 {
          places[Int(row)] = Int32(kept.count)
          kept.append(row)
        }
        return places[Int(row)]
      }
      self.kept = kept
    }
  }

  /// A generation as kernels read it.
  struct Rows {
    let kept: Indices
    let parents: Indices
  }

  /// Those of the step before first, then those of the one before it.
  package private(set) var generations: [Generation] = []

  package init() {}

  /// Goes on to the next step.
  ///
  /// - Parameters:
  ///   - parents: the row of the step before that each hypothesis extends.
  ///   - limit: how many generations are asked for, at most one more than there were.
  package mutating func advance(parents: [Int32], limit: Int) {
    var next: [Generation] = []
    var rows = parents
    for age in 0..<limit {
      next.append(Generation(rows))
      if age < generations.count {
        rows = next[age].kept.map { generations[age].parents[Int($0)] }
      }
    }
    generations = next
  }

  func rows(in arena: Arena) -> [Rows] {
    generations.map { Rows(kept: arena.indices($0.kept), parents: arena.indices($0.parents)) }
  }
}
