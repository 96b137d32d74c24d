import Chains
import Diagnostics
import Formats
import Pipelines
import Text

/// Deals rows out to parts.
struct Split: Stage {
  static let kind = "split"
  static let version = 2
  static let manual = """
    deals rows out to parts such as train, valid and test
    A part is a share of the rows (0.1), a number of them (500), the "rest", every n-th row
    ({ every = 23 }), or another stage's whole table ("load-test"). With stratify, every part has its
    share of each class, rounded so that the parts have the sizes asked for. With group, rows that
    share the text of any of those columns never come into different drawn parts; a warning says by how
    many rows the parts miss their sizes for that. A part without rows that another stage reads stops
    the stage. Rows of a part whose text an earlier part has too are warned of from one in ten on.
    """
  static let role = StageRole.divides

  /// The share of a part's rows with texts of another part from which on there is a warning.
  private static let notableOverlap = 0.1

  let from: StageInput
  private let parts: [(name: String, value: TableEntry)]
  private let stratify: String?
  private let group: [String]
  private let shuffles: Bool
  private let seed: UInt64

  init(from options: inout StageOptions) {
    from = options.input("from", .table, "the rows to deal out")
    let shares: [(name: String, value: TableEntry)] = [
      ("train", .share(0.8)), ("valid", .share(0.1)), ("test", .share(0.1)),
    ]
    let given = options.entries(
      "parts", expecting: "table of shares, counts, \"rest\" and references", words: ["rest"],
      referringTo: .table, default: "{ train = 0.8, valid = 0.1, test = 0.1 }", "the parts")
    if given.isEmpty {
      for (name, value) in shares {
        if case .share(let share) = value { options.key("parts.\(name)", .number(share)) }
      }
    }
    parts = given.isEmpty ? shares : given
    stratify = options.optionalText(
      "stratify", unset: "none", "the column whose values every part has in proportion")
    group = options.texts(
      "group", default: [], "columns: rows that share a text in any of them stay together")
    shuffles = options.flag(
      "shuffle", default: true, "whether rows are dealt out at random; else parts are runs of rows")
    let isRandom = OptionCondition(
      shuffles, obstacle: "shuffle = false", remedy: "leave shuffle out")
    seed = options.under(isRandom) { $0.seed(isKeyed: isRandom.isMet) }
    if let (name, _) = parts.first(where: Self.isImpossible) {
      options.reject("parts", .impossiblePart(name))
    } else {
      do throws(Diagnostic) { try SplitOptions(drawn.map(\.size)).check() } catch {
        options.reject("parts", error.message)
      }
    }
  }

  private static func isImpossible(_ name: String, _ value: TableEntry) -> Bool {
    switch value {
    case .share(let share): !(share > 0 && share <= 1)
    case .count(let count): count < 1
    case .setting(let setting, let number): setting != "every" || number < 2
    case .word, .input: name.isEmpty
    }
  }

  var outputs: [Port] { parts.map { Port($0.name, .table) } }

  func rows(of port: Port) -> RowSource {
    for (name, value) in parts where name == port.name {
      if case .input(let input) = value { return .input(input, .same) }
    }
    return .input(from, .dealt)
  }

  /// The parts that are drawn from the rows, with their sizes.
  private var drawn: [(name: String, size: SplitOptions.Size)] {
    parts.compactMap { name, value in
      switch value {
      case .share(let share): (name, .share(share))
      case .count(let count): (name, .count(count))
      case .word: (name, .rest)
      case .setting(_, let number): (name, .every(number))
      case .input: nil
      }
    }
  }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    guard let keys = try keys(work) else { return .stopped }
    var options = SplitOptions(drawn.map(\.size))
    options.shuffles = shuffles
    options.seed = seed
    let assignment = try Splitter.assign(keys, options)
    for warning in assignment.warnings { work.warn(warning.message) }
    if !assignment.missed.isEmpty {
      let missed = assignment.missed.map {
        (name: drawn[$0.part].name, wanted: $0.wanted, found: $0.found)
      }
      work.warn(.missedSizes(missed, largestGroup: assignment.largestGroup))
    }
    var counts: [String: Int] = [:]
    for (index, part) in drawn.enumerated() {
      guard let count = try write(index, of: assignment, to: part.name, work) else {
        return .stopped
      }
      counts[part.name] = count
    }
    for (name, value) in parts {
      guard case .input(let input) = value else { continue }
      let copied = try work.rewrite(input, to: Port(name, .table)) { columns in
        TableChange(columns: columns) { $0 }
      }
      guard let copied else { return .stopped }
      counts[name] = copied
    }
    for (name, value) in parts where counts[name] == 0 && work.isRead(Port(name, .table)) {
      throw Diagnostic(emptyPart(name, value, of: keys.count))
    }
    if let shared = try SharedTexts(among: work.committed, in: work.store) {
      let overlaps = shared.descriptions(from: Self.notableOverlap)
      if !overlaps.isEmpty { work.warn(.overlap(overlaps)) }
    }
    if !group.isEmpty {
      work.note("groups", .integer(assignment.groupCount))
      work.note("largest-group", .integer(assignment.largestGroup))
    }
    work.note("rows", .object(parts.map { .init($0.name, .integer(counts[$0.name] ?? 0)) }))
    work.summarise(
      parts.map { "\($0.name) \(Spelling.count(counts[$0.name] ?? 0))" }.joined(separator: ", ")
        + " rows"
    )
    return .finished
  }

  /// The classes and groups of the rows; nil when asked to stop.
  private func keys(_ work: StageWork) throws(Diagnostic) -> RowKeys? {
    var reader = try work.table(from)
    func position(of name: String) throws(Diagnostic) -> Int {
      guard let position = reader.columns.firstIndex(of: name) else {
        throw Diagnostic(.noColumn(name, "\(from.source)", among: reader.columns))
      }
      return position
    }
    var groupColumns: [Int] = []
    for name in group { groupColumns.append(try position(of: name)) }
    var classColumn: Int?
    if let stratify { classColumn = try position(of: stratify) }
    var keys = RowKeys(stratify: classColumn, groupBy: groupColumns)
    while let batch = try reader.next() {
      guard !work.shouldStop else { return nil }
      keys.append(batch)
    }
    return keys
  }

  /// Writes the rows of one part in their order; nil when asked to stop.
  private func write(
    _ part: Int, of assignment: Splitter.Assignment, to name: String, _ work: StageWork
  ) throws(Diagnostic) -> Int? {
    var reader = try work.table(from)
    var writer = try work.newTable(reader.columns)
    var first = 0
    while let batch = try reader.next() {
      guard !work.shouldStop else { return nil }
      try writer.append(batch.filtered { assignment.part(first + $0) == part })
      first += batch.count
    }
    let count = writer.rowCount
    try work.commit(writer, to: Port(name, .table))
    return count
  }
}

extension Split {
  /// Why a part has no rows.
  private func emptyPart(_ name: String, _ value: TableEntry, of count: Int) -> Diagnostic.Message {
    if case .input(let input) = value { return .emptyTable(name, "\(input.source)") }
    if count == 0 { return .emptyTable(name, "\(from.source)") }
    if case .share(let share) = value { return .noShare(name, share, of: count) }
    return .nothingLeft(name, of: count)
  }

}

extension Diagnostic.Message {
  fileprivate static func missedSizes(
    _ parts: [(name: String, wanted: Int, found: Int)], largestGroup: Int
  ) -> Self {
    let list = parts.map { part in
      "'\(part.name)' has \(Spelling.count(part.found)) rows instead of \(Spelling.count(part.wanted))"
    }
    return Self(
      "\(list.joined(separator: ", ")): groups stay whole, the largest has"
        + " \(Spelling.count(largestGroup, "row"))",
      remedy: "group by fewer columns, or ask for sizes that whole groups can have")
  }

  fileprivate static func overlap(_ overlaps: [String]) -> Self {
    Self(
      "the parts share texts, so scores tell too much: \(overlaps.joined(separator: "; "))",
      remedy: "drop duplicates before the split, or set group")
  }

  fileprivate static func emptyTable(_ part: String, _ table: String) -> Self {
    Self(
      "the part '\(part)' is empty: '\(table)' has no rows",
      remedy: "look at the filters before it, or leave the part out")
  }

  fileprivate static func noShare(_ part: String, _ share: Double, of count: Int) -> Self {
    let rows = Spelling.rounded(share * Double(count), places: 2)
    return Self(
      "the part '\(part)' is empty: its share of \(share) is \(rows) of \(Spelling.count(count, "row"))",
      remedy: "give it a larger share, or a number of rows")
  }

  fileprivate static func nothingLeft(_ part: String, of count: Int) -> Self {
    Self(
      "the part '\(part)' is empty: the others take all of \(Spelling.count(count, "row"))",
      remedy: "ask for fewer rows in the other parts")
  }

  fileprivate static func impossiblePart(_ name: String) -> Self {
    Self(
      "the part '\(name)' cannot be drawn like this",
      remedy:
        "give a share above 0 and up to 1, a number of rows, \"rest\" or { every = n }, n from 2")
  }
}
