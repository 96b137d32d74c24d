import Diagnostics
import Reports

/// Text in lines that fit a terminal; a pipe or a file gets each text as one line.
extension Terminal {
  /// The least width of text beside its heading.
  private static let leastText = 24

  /// The widest that running text is set, as longer lines are hard to read.
  private static let widestText = 100

  /// The width of running text.
  var textWidth: Int { min(width, Self.widestText) }

  /// A heading with text behind it; where that is too long, further lines stand below its first, or a
  /// little farther in than the heading where that leaves no room.
  func lines(_ heading: String, _ text: String) -> [String] {
    guard isInteractive else { return [heading + text] }
    let indent = Style.removed(from: heading).displayWidth
    let room = width - indent - 1
    guard room < min(Self.leastText, text.displayWidth) else {
      return Self.hanging(text.wrapped(to: room), from: heading, by: indent)
    }
    let start = heading.prefix { $0 == " " }
    let both = heading.dropFirst(start.count) + text
    return Self.hanging(
      String(both).wrapped(to: max(Self.leastText, width - start.count - 5)),
      from: String(start), by: start.count + 4)
  }

  private static func hanging(_ lines: [String], from start: String, by indent: Int) -> [String] {
    lines.enumerated().map { number, line in
      (number == 0 ? start : String(repeating: " ", count: indent)) + line
    }
  }

  /// Writes paragraphs at the width of running text; lines that begin with a blank stay lines of their own.
  func paragraphs(_ text: String) {
    guard isInteractive else { return line(text) }
    for paragraph in text.paragraphs {
      let start = paragraph.prefix { $0 == " " }
      let lines = String(paragraph.dropFirst(start.count))
        .wrapped(to: max(Self.leastText, textWidth - start.count - 1))
      for line in Self.hanging(lines, from: String(start), by: start.count) { self.line(line) }
    }
  }

  /// Writes a heading with text behind it.
  func line(_ heading: String, _ text: String) {
    for line in lines(heading, text) { self.line(line) }
  }

  /// Writes a problem, its severity in colour where colour is on.
  func tell(_ problem: Diagnostic) {
    guard isInteractive else { return line("\(problem)") }
    let severity = "\(problem.severity.rawValue):"
    let start = problem.place.map { "\($0): " } ?? ""
    let told = "\(start)\(severity) \(problem.message.problem)".disarmed
      .wrapped(to: max(Self.leastText, width - 1)).joined(separator: "\n")
    line(told.styling(severity, after: start.count) { styled($0, problem.severity.style) })
    for line in problem.excerpt?.lines(numbered: problem.place?.line) ?? [] {
      self.line(line.disarmed)
    }
    if let remedy = problem.message.remedy { line("  try: ", remedy.disarmed) }
  }
}

extension String {
  /// Its paragraphs: lines that follow each other without a blank at their start.
  fileprivate var paragraphs: [String] {
    let lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.dropFirst().reduce(into: Array(lines.prefix(1))) { paragraphs, line in
      let last = paragraphs[paragraphs.count - 1]
      if line.isEmpty || line.hasPrefix(" ") || last.isEmpty || last.hasPrefix(" ") {
        paragraphs.append(line)
      } else {
        paragraphs[paragraphs.count - 1] += " " + line
      }
    }
  }
}

extension Diagnostic.Severity {
  fileprivate var style: Terminal.Style { self == .error ? .red : .yellow }
}

extension String {
  /// The text with a word changed where it first stands behind so many characters.
  fileprivate func styling(
    _ word: String, after count: Int, _ style: (String) -> String
  ) -> String {
    guard let found = dropFirst(count).firstRange(of: word) else { return self }
    return replacingCharacters(in: found, with: style(word))
  }

  private func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
