import Chains
import Diagnostics
import Files
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
    the stage. Rows of a part whose text an earlier part has too are warned of from one in a hundred.
    With deal = "hash", a hash of what a row says, or of the one column that group names, decides its
    part: a row keeps its part when others come or go, rows that say the same are in one part, and
    shares are met about. The other parts of the rows are as they were, so that what was made of them is
    used again.
    With by = "split", the column split says which part a row is in, and parts give its values:
    { train = "train", valid = "dev", test = "test" }.
    With folds = 10, rows are dealt out to ten folds of about equal size, by stratify and group, and one
    part is the "fold" held out; the others are of the rows outside it. `millrace run` and `sweep` hold
    out each fold in turn, so that each row is scored once, and `table` has the mean and standard
    deviation over the folds and the score over all rows together. Until fold says which, other
    commands show the first.
    """
  static let role = StageRole.divides

  /// How rows are dealt out.
  private enum Dealing: String, CaseIterable {
    /// So that parts have the sizes asked for.
    case exact
    /// By what each row says.
    case hash
  }

  let from: StageInput
  private let parts: SplitParts
  private let dealing: Dealing
  private let stratify: String?
  private let group: [String]
  private let shuffles: Bool
  private let seed: UInt64

  init(from options: inout StageOptions) {
    from = options.input("from", .table, "the rows to deal out")
    parts = SplitParts(from: &options)
    let areDrawn = parts.areDrawn
    dealing = options.under(areDrawn) {
      $0.added {
        $0.choice(
          "deal", default: Dealing.exact,
          "exact gives parts the sizes asked for; hash lets rows keep their part when others come")
      }
    }
    let isExact = OptionCondition("deal", dealing, isOneOf: [.exact])
    stratify = options.under(areDrawn) {
      $0.under(isExact) {
        $0.optionalText(
          "stratify", unset: "none", "the column whose values every part has in proportion")
      }
    }
    group = options.under(areDrawn) {
      $0.texts(
        "group", default: [], "columns: rows that share a text in any of them stay together")
    }
    shuffles = options.under(areDrawn) {
      $0.under(isExact) {
        $0.flag(
          "shuffle", default: true,
          "whether rows are dealt out at random; else parts are runs of rows")
      }
    }
    let isRandom = OptionCondition(
      shuffles, obstacle: "shuffle = false", remedy: "leave shuffle out")
    let isKeyed = isRandom.isMet && areDrawn.isMet
    seed = options.under(areDrawn) { $0.under(isRandom) { $0.seed(isKeyed: isKeyed) } }
    if dealing == .hash { rejectWhatNeedsAllRows(&options) }
  }

  /// Reports options that a row alone cannot decide.
  private func rejectWhatNeedsAllRows(_ options: inout StageOptions) {
    if parts.fold != nil { options.reject("folds", .foldsByHash) }
    if group.count > 1 { options.reject("group", .severalGroups) }
    do throws(Diagnostic) { _ = try HashedParts(parts.sizes, seed: seed) } catch {
      options.reject("parts", error.message)
    }
  }

  var outputs: [Port] { parts.names.map { Port($0, .table) } }

  func rows(of port: Port) -> RowSource {
    switch parts[port.name] {
    case .input(let input): .input(input, .same)
    case SplitParts.heldOutFold: .input(from, .fold)
    default: .input(from, .dealt)
    }
  }

  /// Which part each row is in; nil when asked to stop.
  private func assignment(_ work: StageWork) throws(Diagnostic) -> Splitter.Assignment? {
    if let column = parts.column { return try namedAssignment(by: column, work) }
    guard let keys = try keys(work) else { return nil }
    var options = SplitOptions(parts.sizes)
    options.shuffles = shuffles
    options.seed = seed
    guard let fold = parts.fold else { return try Splitter.assign(keys, options) }
    return try Splitter.assign(keys, options, holdingOut: fold.number - 1, of: fold.count)
  }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    if dealing == .hash { return try dealByHash(work) }
    guard let assignment = try assignment(work) else { return .stopped }
    for warning in assignment.warnings { work.warn(warning.message) }
    if !assignment.missed.isEmpty {
      let missed = assignment.missed.map {
        (name: parts.dealt[$0.part], wanted: $0.wanted, found: $0.found)
      }
      work.warn(.missedSizes(missed, largestGroup: assignment.largestGroup))
    }
    var counts: [String: Int] = [:]
    for (index, name) in parts.dealt.enumerated() {
      guard let count = try write(index, of: assignment, to: name, work) else { return .stopped }
      counts[name] = count
    }
    guard try finish(&counts, of: assignment.partOf.count, work) else { return .stopped }
    if !group.isEmpty {
      work.note("groups", .integer(assignment.groupCount))
      work.note("largest-group", .integer(assignment.largestGroup))
    }
    tell(counts, work)
    return .finished
  }

  /// Writes the parts that rows belong to by what they say.
  private func dealByHash(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    let reader = try work.chunks(of: from)
    let column = try group.first.map { (name) throws(Diagnostic) in
      try reader.columns.position(of: name, in: "\(from.source)")
    }
    let hashed = try HashedParts(parts.sizes, by: column, seed: seed)
    let tables = try DealtTables(
      parts.dealt.map { Port($0, .table) }, columns: reader.columns, in: work)
    guard try tables.deal(reader, in: work, { hashed.part(of: $0, in: $1) }) else {
      return .stopped
    }
    let written = try tables.commit(in: work)
    var counts = Dictionary(uniqueKeysWithValues: zip(parts.dealt, written))
    guard try finish(&counts, of: written.reduce(0, +), work) else { return .stopped }
    tell(counts, work)
    return .finished
  }

  /// Copies the tables that are parts, and looks at all parts; false when asked to stop.
  ///
  /// - Parameter rowCount: how many rows were dealt out.
  private func finish(
    _ counts: inout [String: Int], of rowCount: Int, _ work: StageWork
  ) throws(Diagnostic) -> Bool {
    for (name, input) in parts.tables {
      let copied = try work.rewrite(input, to: Port(name, .table)) { columns in
        TableChange(columns: columns, isByRow: false) { TableChange.Rows($0) }
      }
      guard let copied else { return false }
      counts[name] = copied.rowCount
    }
    for name in parts.names where counts[name] == 0 && work.isRead(Port(name, .table)) {
      throw Diagnostic(parts.emptiness(of: name, of: rowCount, from: from))
    }
    if let shared = try SharedTexts(among: work.committed, in: work.store) {
      let overlaps = shared.descriptions(from: SharedTexts.notableShare)
      if !overlaps.isEmpty { work.warn(.overlap(overlaps)) }
    }
    return true
  }

  private func tell(_ counts: [String: Int], _ work: StageWork) {
    work.note("rows", .object(parts.names.map { .init($0, .integer(counts[$0] ?? 0)) }))
    work.summarise(
      parts.names.map { "\($0) \(Spelling.count(counts[$0] ?? 0))" }.joined(separator: ", ")
        + " rows" + (parts.fold.map { ", fold \($0.number) of \($0.count)" } ?? ""))
  }

  /// The parts that a column names; nil when asked to stop.
  private func namedAssignment(
    by column: String, _ work: StageWork
  ) throws(Diagnostic) -> Splitter.Assignment? {
    var reader = try work.table(from)
    let position = try reader.columns.position(of: column, in: "\(from.source)")
    var places: [Int8?] = []
    var others: [String: Int] = [:]
    while let batch = try reader.next() {
      guard !work.shouldStop else { return nil }
      for row in 0..<batch.count {
        let value = batch.text(row, position).withoutEdgeBlanks
        let place = parts.place(of: value)
        if place == nil { others[value, default: 0] += 1 }
        places.append(place.map { Int8($0) })
      }
    }
    if !others.isEmpty {
      work.warn(.inNoPart(others.sorted { ($1.value, $0.key) < ($0.value, $1.key) }, column))
    }
    return Splitter.Assignment(places, partCount: parts.dealt.count)
  }

  /// The classes and groups of the rows; nil when asked to stop.
  private func keys(_ work: StageWork) throws(Diagnostic) -> RowKeys? {
    var reader = try work.table(from)
    let (columns, table) = (reader.columns, "\(from.source)")
    var keys = RowKeys(
      stratify: try stratify.map { (name) throws(Diagnostic) in
        try columns.position(of: name, in: table)
      },
      groupBy: try columns.positions(of: group, in: table))
    while let batch = try reader.next() {
      guard !work.shouldStop else { return nil }
      keys.append(batch)
    }
    keys.close()
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

extension Diagnostic.Message {
  fileprivate static let foldsByHash = Self(
    "folds have about equal sizes, and a hash gives no sizes",
    remedy: "leave deal out, or draw parts of shares")

  fileprivate static let severalGroups = Self(
    "a row alone cannot tell which others share a text of several columns",
    remedy: "group by one column, or leave deal out")

  fileprivate static func inNoPart(_ others: [(key: String, value: Int)], _ column: String) -> Self
  {
    let named = others.prefix(3).map { "'\($0.key)' (\(Spelling.count($0.value, "row")))" }
    let more = others.count > 3 ? " and \(Spelling.count(others.count - 3)) more" : ""
    return Self(
      "rows are in no part, by their values in '\(column)': \(named.joined(separator: ", "))\(more)",
      remedy: "name the values of all parts in parts")
  }

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
}
