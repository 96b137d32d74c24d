/// How many rows of each class each part gets: classes in proportion, parts exactly as asked.
///
/// `rows[class][part]` is the exact share rounded down or up; rows of a class add up to the class,
/// and rows of a part to its target. Such a table always exists: the exact shares are a flow between
/// classes and parts, and bounds that are whole numbers have a flow of whole numbers.
struct Quotas {
  private(set) var rows: [[Int]]
  private let exact: [[Double]]

  /// - Parameter targets: how many rows each part gets; together as many as the classes have.
  init(classSizes: [Int], targets: [Int]) {
    precondition(
      classSizes.reduce(0, +) == targets.reduce(0, +),
      "classes of \(classSizes.reduce(0, +)) rows, parts of \(targets.reduce(0, +))")
    let weights = targets.map(Double.init)
    let total = max(1, weights.reduce(0, +))
    rows = classSizes.map { apportion($0, by: weights) }
    exact = classSizes.map { size in weights.map { $0 * Double(size) / total } }
    balance(targets)
  }

  /// Moves single rows between parts, each along a shortest path of classes, until targets are met.
  private mutating func balance(_ targets: [Int]) {
    var surplus = targets.indices.map { part in
      rows.reduce(0) { $0 + $1[part] } - targets[part]
    }
    guard surplus.contains(where: { $0 != 0 }) else { return }
    var movable = Movable(rows, exact, partCount: targets.count)
    while let first = surplus.firstIndex(where: { $0 > 0 }) {
      guard let path = movable.path(from: first, to: { surplus[$0] < 0 }) else {
        preconditionFailure("no way leads from part \(first), which has \(surplus[first]) too many")
      }
      for (from, to) in zip(path, path.dropFirst()) {
        let changed = movable.take(from, to)
        rows[changed][from] -= 1
        rows[changed][to] += 1
        movable.note(changed, rows[changed], exact[changed])
      }
      surplus[first] -= 1
      surplus[path[path.count - 1]] += 1
    }
  }
}

/// The classes of which a row can move between two parts and stay within one row of its share.
private struct Movable {
  /// `classes[from][to]`; entries that are out of date are skipped when they are reached.
  private var classes: [[[Int]]]
  /// Whether a class has its share in a part rounded up, or down; neither where it is whole.
  private var isUp: [[Bool]]
  private var isDown: [[Bool]]
  private let partCount: Int

  init(_ rows: [[Int]], _ exact: [[Double]], partCount: Int) {
    self.partCount = partCount
    classes = Array(repeating: Array(repeating: [], count: partCount), count: partCount)
    isUp = Array(repeating: Array(repeating: false, count: partCount), count: rows.count)
    isDown = isUp
    // The last entry is taken first, so the first classes are the first to move.
    for index in rows.indices.reversed() { note(index, rows[index], exact[index]) }
  }

  /// Records between which parts rows of a class can move.
  mutating func note(_ index: Int, _ rows: [Int], _ exact: [Double]) {
    for part in 0..<partCount {
      // Within 1e-9, a share is a whole number.
      isUp[index][part] = Double(rows[part]) > exact[part] + 1e-9
      isDown[index][part] = Double(rows[part]) < exact[part] - 1e-9
    }
    for from in 0..<partCount where isUp[index][from] {
      for to in 0..<partCount where isDown[index][to] { classes[from][to].append(index) }
    }
  }

  /// The parts on a shortest way from one to another where moves are possible.
  mutating func path(from first: Int, to isGoal: (Int) -> Bool) -> [Int]? {
    var before: [Int: Int] = [first: first]
    var waiting = [first]
    var next = 0
    while next < waiting.count {
      let part = waiting[next]
      next += 1
      if isGoal(part) {
        var path = [part]
        while let last = path.last, last != first, let earlier = before[last] {
          path.append(earlier)
        }
        return path.reversed()
      }
      for other in 0..<partCount where before[other] == nil && hasClass(part, other) {
        before[other] = part
        waiting.append(other)
      }
    }
    return nil
  }

  private mutating func hasClass(_ from: Int, _ to: Int) -> Bool {
    while let last = classes[from][to].last {
      if isUp[last][from], isDown[last][to] { return true }
      classes[from][to].removeLast()
    }
    return false
  }

  /// The class that moves a row next, which `path` found there.
  mutating func take(_ from: Int, _ to: Int) -> Int {
    guard hasClass(from, to) else { preconditionFailure("no class moves from \(from) to \(to)") }
    return classes[from][to].removeLast()
  }
}
