import Chains
import Diagnostics
import Formats
import Pipelines
import Text

/// What binarize does with rows whose label is missing or not among the classes.
struct LabelRules: Sendable {
  enum Choice: String, CaseIterable {
    /// Stop, naming the rows.
    case refuse
    /// Leave the rows out, and say how many.
    case skip
  }

  /// For rows without a label.
  let unlabelled: Choice
  /// For rows with a label that no training row has.
  let unseen: Choice

  /// Whether rows may be left out.
  var leaveRowsOut: Bool { unlabelled == .skip || unseen == .skip }

  init(from options: inout StageOptions) {
    unlabelled = options.added {
      $0.choice(
        "unlabelled", default: .refuse,
        "what to do with rows without a label: stop, or skip and count them")
    }
    unseen = options.added {
      $0.choice(
        "unseen-labels", default: .refuse,
        "what to do with rows whose label no training row has: stop, or skip and count them")
    }
  }
}

/// The rows of one part whose labels are missing or not among the classes.
struct UnclassedRows {
  /// The number of such rows, and the origins of the first ones.
  struct Tally {
    static let exampleCount = 3
    private(set) var count = 0
    private(set) var origins: [Origin] = []

    mutating func add(_ origin: Origin) {
      count += 1
      if origins.count < Self.exampleCount { origins.append(origin) }
    }
  }

  private(set) var unlabelled = Tally()
  /// By label, in the order of first rows.
  private(set) var unseen: [(label: String, rows: Tally)] = []

  mutating func addUnlabelled(_ origin: Origin) { unlabelled.add(origin) }

  mutating func addUnseen(_ label: String, _ origin: Origin) {
    if let known = unseen.firstIndex(where: { $0.label == label }) {
      unseen[known].rows.add(origin)
    } else {
      var rows = Tally()
      rows.add(origin)
      unseen.append((label, rows))
    }
  }

  /// Throws, or warns of how many rows are left out, as the rules say.
  func settle(
    by rules: LabelRules, classes: [String], of input: StageInput, in work: StageWork
  ) throws(Diagnostic) {
    if let first = unlabelled.origins.first {
      let count = Spelling.count(unlabelled.count, "row")
      guard rules.unlabelled == .skip else {
        let lines = unlabelled.origins.map(\.description)
        throw Diagnostic(
          .unlabelled("\(input.source)", unlabelled.count, lines: lines),
          at: work.place(of: first, in: input))
      }
      work.note("unlabelled.\(input.source.port.name)", .integer(unlabelled.count))
      work.warn(.skipped("\(input.source)", "\(count) without a label"))
    }
    if let first = unseen.first, let origin = first.rows.origins.first {
      let count = unseen.reduce(0) { $0 + $1.rows.count }
      guard rules.unseen == .skip else {
        throw Diagnostic(
          .unseen("\(input.source)", count, unseen.map { ($0.label, $0.rows.count) }, classes),
          at: work.place(of: origin, in: input))
      }
      work.note("unseen-labels.\(input.source.port.name)", .integer(count))
      let rows = "\(Spelling.count(count, "row")) with a label that no training row has"
      let labels = unseen.map { ($0.label, $0.rows.count) }
      work.warn(.skipped("\(input.source)", rows, labels: labels, classes))
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unlabelled(_ part: String, _ count: Int, lines: [String]) -> Self {
    let more = count > lines.count ? " and \(Spelling.count(count - lines.count)) more" : ""
    return Self(
      "\(Spelling.count(count, "row")) of '\(part)' \(count == 1 ? "has" : "have") no label:"
        + " line\(count == 1 ? "" : "s") \(lines.joined(separator: ", "))\(more)",
      remedy: "label them, or set unlabelled = \"skip\" to leave them out")
  }

  fileprivate static func unseen(
    _ part: String, _ count: Int, _ labels: [(label: String, count: Int)], _ classes: [String]
  ) -> Self {
    let shown = classes.prefix(20).joined(separator: ", ")
    return Self(
      "\(Spelling.count(count, "row")) of '\(part)' \(count == 1 ? "has a class" : "have classes")"
        + " that no training row has: \(named(labels, classes))",
      remedy: "the classes are \(shown)\(classes.count > 20 ? ", …" : "");"
        + " mend the labels, or set unseen-labels = \"skip\" to leave such rows out")
  }

  fileprivate static func skipped(_ part: String, _ rows: String) -> Self {
    Self("\(rows) of '\(part)' left out")
  }

  fileprivate static func skipped(
    _ part: String, _ rows: String, labels: [(label: String, count: Int)], _ classes: [String]
  ) -> Self {
    Self("\(rows) of '\(part)' left out: \(named(labels, classes))")
  }

  /// The first few labels, each with the class that may be meant.
  private static func named(
    _ labels: [(label: String, count: Int)], _ classes: [String]
  ) -> String {
    let named = labels.prefix(3).map { label, count in
      "'\(label)' (\(Spelling.count(count, "row")))\(Suggestion.ending(for: label, among: classes))"
    }
    let more = labels.count > 3 ? " and \(Spelling.count(labels.count - 3)) more" : ""
    return named.joined(separator: ", ") + more
  }
}
