import Diagnostics

/// Deals rows out to parts; the same rows, options and seed give the same parts anywhere.
///
/// With classes, each class is dealt out by itself, in proportion to the parts' sizes by largest
/// remainder. With groups, a group goes whole to the part that lacks the most rows, so parts meet
/// their sizes as nearly as the groups allow; a group counts for the class of its first row.
package enum Splitter {
  /// Which part each row is in.
  package struct Assignment: Sendable {
    /// One per row; -1 for rows in no part.
    package fileprivate(set) var partOf: [Int8]
    /// How many rows each part has.
    package fileprivate(set) var counts: [Int]
    /// How many groups there are, and the rows of the largest; 0 when rows are not grouped.
    package fileprivate(set) var groupCount = 0
    package fileprivate(set) var largestGroup = 0
    package fileprivate(set) var warnings: [Diagnostic] = []

    /// The part of a row, for `RowBatch.split`; nil for none.
    package func part(_ row: Int) -> Int? { partOf[row] < 0 ? nil : Int(partOf[row]) }
  }

  package static func assign(
    _ keys: RowKeys, _ options: SplitOptions
  ) throws(Diagnostic) -> Assignment {
    guard options.sizes.count <= Int(Int8.max) else {
      throw Diagnostic(.tooManyParts(options.sizes.count))
    }
    var assignment = Assignment(
      partOf: Array(repeating: -1, count: keys.count),
      counts: Array(repeating: 0, count: options.sizes.count))
    if let nth = options.everyNth {
      guard nth.number > 0, keys.classOf.isEmpty, keys.groups == nil else {
        throw Diagnostic(.everyWithKeys)
      }
      for row in 0..<keys.count {
        assignment.put(row, in: (row + 1) % nth.number == 0 ? nth.part : nth.others)
      }
      return assignment
    }
    let targets = try options.targets(rowCount: keys.count)
    let groups = keys.groups?.resolved()
    let units = groups.map { groups in
      groups.roots.indices.filter { groups.roots[$0] == $0 }
    }
    if let groups, let units {
      assignment.groupCount = units.count
      assignment.largestGroup = groups.sizes.max().map(Int.init) ?? 0
    }
    let partCount = targets.count(where: { $0 > 0 })
    for (index, units) in classes(units ?? Array(0..<keys.count), keys).enumerated() {
      var random = SplitMix(seed: options.seed &+ UInt64(index) &* 0xD1B5_4A32_D192_ED03)
      var order = units
      if options.shuffles { random.shuffle(&order) }
      let rowCount = groups.map { groups in order.reduce(0) { $0 + Int(groups.sizes[$1]) } }
      deal(
        order, rowCount ?? order.count, sizes: groups?.sizes, options, targets, to: &assignment)
      if !keys.classes.isEmpty, rowCount ?? order.count < partCount {
        assignment.warnings.append(
          Diagnostic(
            .smallClass(keys.classes[index], rowCount ?? order.count), severity: .warning))
      }
    }
    if let groups { assignment.spread(from: groups.roots) }
    return assignment
  }

  /// The rows of each class, in input order; all of them without stratification.
  private static func classes(_ rows: [Int], _ keys: RowKeys) -> [[Int]] {
    guard !keys.classOf.isEmpty else { return [rows] }
    var classes = [[Int]](repeating: [], count: keys.classes.count)
    for row in rows { classes[Int(keys.classOf[row])].append(row) }
    return classes
  }

  /// Deals out the first rows of the groups of one class, or its single rows.
  private static func deal(
    _ units: [Int], _ rowCount: Int, sizes: [Int32]?, _ options: SplitOptions, _ targets: [Int],
    to assignment: inout Assignment
  ) {
    let unassigned = assignment.partOf.count - targets.reduce(0, +)
    var lacking = apportion(rowCount, by: (targets + [unassigned]).map(Double.init))
    var part = 0
    for unit in units {
      if sizes != nil, options.shuffles {
        part = lacking.indices.max { (lacking[$0], -$0) < (lacking[$1], -$1) } ?? 0
      } else {
        while part < targets.count, lacking[part] <= 0 { part += 1 }
      }
      if part < targets.count { assignment.put(unit, in: part) }
      lacking[part] -= sizes.map { Int($0[unit]) } ?? 1
    }
  }
}

extension Splitter.Assignment {
  fileprivate mutating func put(_ row: Int, in part: Int) {
    partOf[row] = Int8(part)
    counts[part] += 1
  }

  /// Puts every row where the first row of its group is.
  fileprivate mutating func spread(from roots: [Int32]) {
    for (row, root) in roots.enumerated() where Int(root) != row {
      let part = partOf[Int(root)]
      if part >= 0 { put(row, in: Int(part)) }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func tooManyParts(_ count: Int) -> Self {
    Self("\(count) parts", remedy: "split into at most 127")
  }

  fileprivate static let everyWithKeys = Self(
    "every n-th row cannot be combined with stratify or group, and n must be positive",
    remedy: "give the part a share instead")

  fileprivate static func smallClass(_ name: String, _ count: Int) -> Self {
    Self(
      "class '\(name)' has \(count) row\(count == 1 ? "" : "s"), fewer than there are parts",
      remedy: "some parts have no row of it; merge it with another class, or drop it")
  }
}
