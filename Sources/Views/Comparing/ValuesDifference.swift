import Artifacts
import Diagnostics
import Files
import Formats
import Reports

/// The values of two JSON artifacts that differ, by their names.
struct ValuesDifference: ArtifactView {
  private let values: [(name: String, a: JSONValue?, b: JSONValue?)]
  /// How many entries each has, where they are lists.
  private let counts: (a: Int, b: Int)?

  init(_ artifacts: ComparedArtifacts) throws(Diagnostic) {
    let (a, b, store) = (artifacts.a, artifacts.b, artifacts.store)
    let left = try JSONValue(parsing: try store.open(a.digest).contents, file: a.port)
    let right = try JSONValue(parsing: try store.open(b.digest).contents, file: b.port)
    let (first, second) = (Self.flat(left, ""), Self.flat(right, ""))
    counts =
      if let a = left.arrayValue, let b = right.arrayValue { (a.count, b.count) } else { nil }
    let (old, new) = (
      Dictionary(first, uniquingKeysWith: { $1 }), Dictionary(second, uniquingKeysWith: { $1 })
    )
    let names = first.map(\.0) + second.map(\.0).filter { old[$0] == nil }
    values = names.filter { old[$0] != new[$0] }.map { ($0, old[$0], new[$0]) }
  }

  private static func flat(_ value: JSONValue, _ name: String) -> [(String, JSONValue)] {
    switch value {
    case .object(let members):
      members.flatMap { flat($0.value, name.isEmpty ? $0.name : "\(name).\($0.name)") }
    case .array(let list):
      list.enumerated().flatMap { flat($0.element, "\(name)[\($0.offset + 1)]") }
    default: [(name, value)]
    }
  }

  func summary(width: Int) -> [String] {
    if let counts {
      let entries = "\(Spelling.count(counts.a)) → \(Spelling.count(counts.b)) entries"
      return [
        "\(entries), \(Spelling.count(values.count, "value")) differ\(values.count == 1 ? "s" : "")"
          .fitted(to: width)
      ]
    }
    let first = values.prefix(3).map { "\($0.name) \(Self.spelled($0.a)) → \(Self.spelled($0.b))" }
    let rest = values.count > 3 ? ", and \(Spelling.count(values.count - 3)) more" : ""
    return [(first.joined(separator: ", ") + rest).fitted(to: width)]
  }

  func text(width: Int) -> [String] {
    var table = TextTable([.text("value"), .number("A"), .number("B")])
    for (name, a, b) in values.prefix(200) {
      table.append([name, Self.spelled(a), Self.spelled(b)])
    }
    return table.lines(width: width)
  }

  private static func spelled(_ value: JSONValue?) -> String {
    switch value {
    case .number(let number): Spelling.measure(number)
    case .integer(let number): Spelling.count(Int(number))
    case let value?: value.spelling
    case nil: "–"
    }
  }

  var json: JSONValue {
    .object(values.map { .init($0.name, ["a": $0.a ?? .null, "b": $0.b ?? .null]) })
  }
}
