import Diagnostics
import Metrics
import Views

/// The hypotheses and references that a command line names, line beside line.
struct ScoredTexts {
  static let input = CommandOption(
    "--input", "FILE", .file, "hypotheses, of several systems; all words are references then",
    short: "-i", several: true)

  private static let standardInput = "-"

  let systems: [Scoring.System]
  /// As many lines in each as each system has.
  let references: [[String]]

  /// - Throws: for a file that cannot be read, and for files that do not have equally many lines.
  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    let words = try arguments.words(1...64)
    var names = arguments.values(Self.input)
    var referenceNames = words
    if names.isEmpty {
      names = [words.count > 1 ? referenceNames.removeFirst() : Self.standardInput]
    }
    guard (names + referenceNames).count(where: { $0 == Self.standardInput }) < 2 else {
      throw Diagnostic(.standardInputTwice)
    }
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw Diagnostic(.systemTwice(twice))
    }
    systems = try names.map { (name) throws(Diagnostic) in
      Scoring.System(Self.title(name), try Self.lines(of: name))
    }
    references = try referenceNames.map { (name) throws(Diagnostic) in try Self.lines(of: name) }
    let counts =
      systems.map { ($0.name, $0.count) }
      + zip(referenceNames, references).map { (Self.title($0), $1.count) }
    guard counts[0].1 > 0 else { throw Diagnostic(.noLines(counts[0].0)) }
    for (name, count) in counts where count != counts[0].1 {
      throw Diagnostic(.unequalCounts(counts[0].0, counts[0].1, name, count))
    }
  }

  private static func title(_ name: String) -> String {
    name == standardInput ? "standard input" : name
  }

  private static func lines(of name: String) throws(Diagnostic) -> [String] {
    var source = try TextLines(path: name == standardInput ? nil : name)
    var lines: [String] = []
    while let line = try source.next() { lines.append(line.withoutTrailingSpace) }
    return lines
  }
}

extension Diagnostic.Message {
  fileprivate static let standardInputTwice = Self(
    "standard input is named twice", remedy: "name a file for one of them")

  fileprivate static func systemTwice(_ name: String) -> Self {
    Self("the hypotheses '\(name)' are given twice", remedy: "name each system once")
  }

  fileprivate static func noLines(_ name: String) -> Self {
    Self("\(name) has no lines", remedy: "give one sentence a line")
  }

  fileprivate static func unequalCounts(
    _ first: String, _ firstCount: Int, _ second: String, _ secondCount: Int
  ) -> Self {
    Self(
      "\(first) has \(Spelling.count(firstCount, "line")), but \(second) has \(Spelling.count(secondCount))",
      remedy: "give files whose lines belong together, an empty line for what is missing")
  }
}
