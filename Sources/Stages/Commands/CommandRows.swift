import Diagnostics
import Pipelines
import Text

/// How the rows that a command writes belong to those it read.
enum CommandRows: String, CaseIterable {
  /// Each row comes back, in its place.
  case same
  /// Some rows come back, in their order, with their `line`.
  case choice
  /// Each row comes back any number of times in turn, with its `line`.
  case several
  /// Rows of its own, which nothing is known of.
  case new

  /// Nil for rows that come from nowhere.
  func places(amongSeveralOutputs: Bool) -> RowPlaces? {
    switch self {
    case .same: .same
    case .choice: amongSeveralOutputs ? .dealt : .choice
    case .several: .several
    case .new: nil
    }
  }

  /// Whether rows are told apart by their line alone.
  var needsLines: Bool { self == .choice || self == .several }
}

/// Gives rows that a command wrote the origins of the rows it read.
struct OriginMatching {
  private let rows: CommandRows
  private let origins: [Origin]
  private let output: String
  /// The rows that were matched, and the place in `origins` to look from.
  private var count = 0
  private var next = 0

  /// - Parameter origins: of the rows that were read, in their order.
  init(_ rows: CommandRows, _ origins: [Origin], output: String) {
    self.rows = rows
    self.origins = origins
    self.output = output
  }

  /// The origin of the next row.
  ///
  /// - Parameter line: what the command wrote as its `line`; nil when it wrote none.
  /// - Throws: when it cannot belong to a row that was read.
  mutating func origin(_ line: ArraySlice<UInt8>?) throws(Diagnostic) -> Origin {
    count += 1
    guard rows != .new else { return Origin(line: count) }
    let named = line.flatMap { Origin($0.span) }
    if rows == .same {
      guard count <= origins.count else {
        throw Diagnostic(.otherCount(output, "more rows", origins.count))
      }
      let origin = origins[count - 1]
      guard line == nil || named == origin else {
        throw Diagnostic(.otherLine(output, count, Self.text(line), "\(origin)"))
      }
      return origin
    }
    guard let named else { throw Diagnostic(.noLine(output, count, Self.text(line))) }
    guard let place = origins[next...].firstIndex(of: named) else {
      throw Diagnostic(
        .strangeLine(output, count, Self.text(line), wasRead: origins.contains(named)))
    }
    next = rows == .several ? place : place + 1
    return named
  }

  /// Checks that no row is missing at the end.
  func finish() throws(Diagnostic) {
    guard rows == .same, count < origins.count else { return }
    throw Diagnostic(.otherCount(output, Spelling.count(count, "row"), origins.count))
  }

  private static func text(_ line: ArraySlice<UInt8>?) -> String {
    line.map { String(decoding: $0.prefix(40), as: UTF8.self) } ?? ""
  }
}

extension Diagnostic.Message {
  fileprivate static func otherCount(_ output: String, _ rows: String, _ wanted: Int) -> Self {
    Self(
      "the command wrote \(rows) to \(output), but read \(Spelling.count(wanted))",
      remedy: "write a row for each, or say rows = \"choice\", \"several\" or \"new\"")
  }

  fileprivate static func otherLine(
    _ output: String, _ row: Int, _ line: String, _ wanted: String
  ) -> Self {
    Self(
      "row \(Spelling.count(row)) of \(output) has the line '\(line)', but in its place was read"
        + " \(wanted)",
      remedy: "write rows in their order, or say rows = \"choice\" or \"several\"")
  }

  fileprivate static func noLine(_ output: String, _ row: Int, _ line: String) -> Self {
    Self(
      "row \(Spelling.count(row)) of \(output) has no line of a row that was read: '\(line)'",
      remedy: "give back the member line as it was read, or say rows = \"new\"")
  }

  fileprivate static func strangeLine(
    _ output: String, _ row: Int, _ line: String, wasRead: Bool
  ) -> Self {
    Self(
      "row \(Spelling.count(row)) of \(output) has the line '\(line)', which "
        + (wasRead ? "came before" : "was not read"),
      remedy: "write rows in the order in which they were read, or say rows = \"new\"")
  }
}
