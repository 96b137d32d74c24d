import Diagnostics
import Formats
import Reports

extension RowTrace {
  /// The stages in order, each with the row as it left it.
  package func text(width: Int) -> [String] {
    let nameWidth = steps.reduce(0) { max($0, $1.name.displayWidth) }
    return [place, ""]
      + steps.flatMap { step -> [String] in
        let lines = step.lines(width: max(20, width - nameWidth - 2))
        return lines.enumerated().map { index, line in
          "\((index == 0 ? step.name : "").padded(to: nameWidth))  \(line)"
        }
      }
  }

  package var json: JSONValue {
    ["place": .string(place), "steps": .array(steps.map(\.json))]
  }
}

extension RowTrace.Step {
  /// `split.train`, or the stage alone where the row is in no output.
  fileprivate var name: String { row == nil ? stage : "\(stage).\(port)" }

  fileprivate func lines(width: Int) -> [String] {
    var lines: [String] = []
    let heading = [row.map { "row \(Spelling.count($0))" }, note].compactMap(\.self)
    if !heading.isEmpty { lines.append(heading.joined(separator: ", ")) }
    let alignment = TracedAlignment(fields)
    for (name, text) in fields where alignment == nil || !TracedAlignment.columns.contains(name) {
      lines += "\(name): \(Self.withShortPadding(text).printable)".wrapped(to: width)
    }
    if let alignment { lines += "attention: \(alignment.text.printable)".wrapped(to: width) }
    for column in tokens {
      let pairs = zip(column.ids, column.texts).map { "\($0) \($1)" }
      lines += "\(column.column): \(pairs.joined(separator: " · ").printable)".wrapped(to: width)
    }
    return lines
  }

  /// The text with a long run of padding at an end replaced by its number.
  private static func withShortPadding(_ text: String) -> String {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    let start = words.prefix { $0 == "<pad>" }.count
    let end = words.dropFirst(start).reversed().prefix { $0 == "<pad>" }.count
    func run(_ count: Int) -> [String] { count > 0 ? ["<pad>×\(count)"] : [] }
    guard max(start, end) > 2 else { return text }
    let middle = words[start..<words.count - end].map(String.init)
    return (run(start) + middle + run(end)).joined(separator: " ")
  }

  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("stage", .string(stage)), .init("kind", .string(kind)), .init("port", .string(port)),
      .init("row", row.map { .integer($0) } ?? .null),
    ]
    if let note { members.append(.init("note", .string(note))) }
    if !fields.isEmpty {
      members.append(.init("fields", .object(fields.map { .init($0.name, .string($0.text)) })))
    }
    for column in tokens {
      members.append(.init("\(column.column)-ids", .array(column.ids.map { .integer(Int($0)) })))
      members.append(
        .init("\(column.column)-tokens", .array(column.texts.map { .string($0) })))
    }
    return .object(members)
  }
}
