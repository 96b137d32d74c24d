import Diagnostics

/// The texts of one row under way, and what is wrong with it.
struct JSONRow {
  var columns: JSONColumns
  private(set) var fields: [[UInt8]]
  private var isFilled: [Bool]
  /// The first thing that makes the row unfit; the row is well-formed JSON all the same.
  private(set) var problem: Diagnostic?
  /// The members of the first row, for suggestions.
  private(set) var knownNames: [String] = []
  private var rowCount: Int
  private let wantedCount: Int

  /// - Parameter isFirst: whether no row came before.
  init(_ columns: JSONColumns, isFirst: Bool) {
    self.columns = columns
    rowCount = isFirst ? 0 : 1
    wantedCount = columns.names.count
    fields = Array(repeating: [], count: wantedCount)
    isFilled = Array(repeating: false, count: wantedCount)
  }

  mutating func begin() {
    rowCount += 1
    clear()
  }

  /// Makes every field empty.
  mutating func clear() {
    problem = nil
    for column in fields.indices {
      fields[column].removeAll(keepingCapacity: true)
      isFilled[column] = false
    }
  }

  /// How long its texts are.
  var byteCount: Int { fields.reduce(0) { $0 + $1.count } }

  /// Puts a text into the columns of a node; false when one of them has a text already.
  mutating func fill(_ node: Int, with text: [UInt8]) -> Bool {
    for column in columns.columns(at: node) {
      while fields.count <= column {
        fields.append([])
        isFilled.append(false)
      }
      guard !isFilled[column] else { return false }
      fields[column] = text
      isFilled[column] = true
    }
    return true
  }

  mutating func refuse(_ diagnostic: Diagnostic) { problem = problem ?? diagnostic }

  /// Remembers a member of the first row.
  mutating func note(_ path: String) {
    if rowCount == 1, knownNames.count < 100 { knownNames.append(path) }
  }

  /// What is wrong with a row that lacks a wanted member; nil when it has all.
  ///
  /// - Parameter isLeftOut: whether such rows are left out.
  func absence(at place: Place, isLeftOut: Bool) -> Diagnostic? {
    guard let column = (0..<wantedCount).first(where: { !isFilled[$0] }) else { return nil }
    return Diagnostic(
      .noMember(
        columns.path(of: column), among: knownNames, isFirst: rowCount == 1, isLeftOut: isLeftOut),
      at: place)
  }
}

extension Diagnostic.Message {
  fileprivate static func noMember(
    _ name: String, among names: [String], isFirst: Bool, isLeftOut: Bool
  ) -> Self {
    guard isFirst else {
      return Self(
        "this row has no '\(name)', which the first one has",
        remedy: "write null for what is missing"
          + (isLeftOut ? "" : ", or set on-error = \"skip\""))
    }
    return Self(
      "the first row has no '\(name)'\(Suggestion.ending(for: name, among: names))",
      remedy: "it has \(names.prefix(30).joined(separator: ", "))")
  }
}
