import Diagnostics

/// Assigns rows to parts; equal rows, options and seeds give equal parts on every machine.
///
/// With classes, each class is dealt out by itself, in proportion to the parts' sizes, and the parts
/// together have the sizes asked for. With groups, a group goes whole to the part that lacks the
/// most rows, and groups change places until the parts are as near to their sizes as groups allow; a
/// group counts for the class of its first row.
package enum Splitter {
  /// The most parts that rows can be assigned to.
  package static let mostParts = Int(Int8.max)

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
    /// The parts whose sizes are not those asked for, because groups stay whole.
    package fileprivate(set) var missed: [MissedSize] = []

    /// The part of a row, for `RowBatch.split`; nil for none.
    package func part(_ row: Int) -> Int? { partOf[row] < 0 ? nil : Int(partOf[row]) }
  }

  /// A part that has more or fewer rows than were asked for.
  package struct MissedSize: Hashable, Sendable {
    package let part: Int
    package let wanted: Int
    package let found: Int
  }

  /// Assigns every row to one of the parts, or to none.
  ///
  /// - Parameter noun: what the parts are called in a warning.
  package static func assign(
    _ keys: RowKeys, _ options: SplitOptions, called noun: String = "parts"
  ) throws(Diagnostic) -> Assignment {
    guard options.sizes.count <= mostParts else {
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
      (0..<Int32(groups.roots.count)).filter { groups.roots[Int($0)] == $0 }
    }
    if let groups, let units {
      assignment.groupCount = units.count
      assignment.largestGroup = groups.sizes.max().map(Int.init) ?? 0
    }
    let dealt = classes(units ?? Array(0..<Int32(keys.count)), keys)
    let classSizes = dealt.map { units in
      groups.map { groups in units.reduce(0) { $0 + Int(groups.sizes[Int($1)]) } } ?? units.count
    }
    let all = targets + [keys.count - targets.reduce(0, +)]
    let quotas = Quotas(classSizes: classSizes, targets: all)
    for (index, units) in dealt.enumerated() {
      var random = SplitMix(seed: options.seed &+ UInt64(index) &* 0xD1B5_4A32_D192_ED03)
      var order = units
      if options.shuffles { random.shuffle(&order) }
      deal(order, quotas.rows[index], sizes: groups?.sizes, options, to: &assignment)
    }
    if let groups, let units {
      if options.shuffles { assignment.exchange(units, sizes: groups.sizes, targets: all) }
      assignment.spread(from: groups.roots)
      assignment.noteMissed(targets)
    }
    if !keys.classes.isEmpty {
      assignment.warn(
        ofClassesBelow: targets.count { $0 > 0 }, called: noun,
        zip(keys.classes, classSizes).map { ($0, $1) })
    }
    return assignment
  }

  /// The rows of each class, in input order; all of them without stratification.
  private static func classes(_ rows: [Int32], _ keys: RowKeys) -> [[Int32]] {
    guard !keys.classOf.isEmpty else { return [rows] }
    var classes = [[Int32]](repeating: [], count: keys.classes.count)
    for row in rows { classes[Int(keys.classOf[Int(row)])].append(row) }
    return classes
  }

  /// Deals out the first rows of the groups of one class, or its single rows.
  ///
  /// - Parameter quota: the rows that each part gets of the class, and last those in no part.
  private static func deal(
    _ units: [Int32], _ quota: [Int], sizes: [Int32]?, _ options: SplitOptions,
    to assignment: inout Assignment
  ) {
    var lacking = quota
    let partCount = quota.count - 1
    var part = 0
    for unit in units.lazy.map({ Int($0) }) {
      if sizes != nil, options.shuffles {
        part = lacking.indices.max { (lacking[$0], -$0) < (lacking[$1], -$1) } ?? 0
      } else {
        while part < partCount, lacking[part] <= 0 { part += 1 }
      }
      if part < partCount { assignment.put(unit, in: part) }
      lacking[part] -= sizes.map { Int($0[unit]) } ?? 1
    }
  }
}

extension Splitter.Assignment {
  /// Rows whose parts are known.
  ///
  /// - Parameter parts: of each row; nil for none.
  package init(_ parts: [Int8?], partCount: Int) {
    self.init(
      partOf: Array(repeating: -1, count: parts.count),
      counts: Array(repeating: 0, count: partCount))
    for (row, part) in parts.enumerated() {
      if let part { put(row, in: Int(part)) }
    }
  }

  /// One fold as a part behind those that the rows outside it were dealt to.
  ///
  /// - Parameter outside: the rows that `parts` has, in its order.
  init(
    _ folds: Splitter.Assignment, holdingOut fold: Int, and parts: Splitter.Assignment,
    at outside: [Int32]
  ) {
    let own = parts.counts.count
    self = folds
    partOf = partOf.map { Int($0) == fold ? Int8(own) : -1 }
    counts = parts.counts + [folds.counts[fold]]
    for (place, row) in outside.enumerated() { partOf[Int(row)] = parts.partOf[place] }
    if warnings.isEmpty { warnings = parts.warnings }
    missed =
      parts.missed
      + folds.missed.filter { $0.part == fold }.map { missed in
        Splitter.MissedSize(part: own, wanted: missed.wanted, found: missed.found)
      }
  }

  fileprivate mutating func put(_ row: Int, in part: Int) {
    partOf[row] = Int8(part)
    counts[part] += 1
  }

  /// Moves groups between parts; so far only their first rows have been assigned.
  ///
  /// - Parameter targets: the size of each part, and last how many rows are to be in none.
  fileprivate mutating func exchange(_ units: [Int32], sizes: [Int32], targets: [Int]) {
    func part(_ unit: Int32) -> Int {
      partOf[Int(unit)] < 0 ? targets.count - 1 : Int(partOf[Int(unit)])
    }
    var surplus = targets.map { -$0 }
    for unit in units { surplus[part(unit)] += Int(sizes[Int(unit)]) }
    guard surplus.contains(where: { $0 != 0 }) else { return }
    var groups: [[Int: [Int32]]] = targets.map { _ in [:] }
    for unit in units { groups[part(unit)][Int(sizes[Int(unit)]), default: []].append(unit) }
    var exchange = GroupExchange(groups, surplus: surplus)
    for (group, part) in exchange.moves() {
      if partOf[group] >= 0 { counts[Int(partOf[group])] -= 1 }
      partOf[group] = -1
      if part < targets.count - 1 { put(group, in: part) }
    }
  }

  /// Assigns every row to the part of its group's first row.
  fileprivate mutating func spread(from roots: [Int32]) {
    for (row, root) in roots.enumerated() where Int(root) != row {
      let part = partOf[Int(root)]
      if part >= 0 { put(row, in: Int(part)) }
    }
  }

  /// Records the parts whose sizes are not those asked for.
  fileprivate mutating func noteMissed(_ targets: [Int]) {
    missed = targets.indices.filter { counts[$0] != targets[$0] }.map { part in
      Splitter.MissedSize(part: part, wanted: targets[part], found: counts[part])
    }
  }

  /// Adds a warning about classes with fewer rows than there are parts.
  fileprivate mutating func warn(
    ofClassesBelow partCount: Int, called noun: String, _ classes: [(name: String, count: Int)]
  ) {
    // Rows without a label are of no class.
    let small = classes.filter { $0.count < partCount && !$0.name.isEmpty }
    guard let first = small.first else { return }
    let message: Diagnostic.Message =
      small.count == 1 ? .smallClass(first.name, first.count, noun) : .smallClasses(small, noun)
    warnings.append(Diagnostic(message, severity: .warning))
  }
}

extension Diagnostic.Message {
  package static func tooManyParts(_ count: Int) -> Self {
    Self("\(count) parts", remedy: "split into at most \(Splitter.mostParts)")
  }

  fileprivate static let everyWithKeys = Self(
    "every n-th row cannot be combined with stratify or group, and n must be positive",
    remedy: "give the part a share instead")

  fileprivate static func smallClass(_ name: String, _ count: Int, _ noun: String) -> Self {
    Self(
      "class '\(name)' has \(count) row\(count == 1 ? "" : "s"), fewer than there are \(noun)",
      remedy: "some \(noun) have no row of it; merge it with another class, or drop it")
  }

  fileprivate static func smallClasses(
    _ classes: [(name: String, count: Int)], _ noun: String
  ) -> Self {
    let first = classes.prefix(3).map { "'\($0.name)' (\($0.count))" }.joined(separator: ", ")
    return Self(
      "\(classes.count) classes have fewer rows than there are \(noun): \(first)"
        + (classes.count > 3 ? " and \(classes.count - 3) more" : ""),
      remedy: "some \(noun) have no row of them; merge them with other classes, or drop them")
  }
}
