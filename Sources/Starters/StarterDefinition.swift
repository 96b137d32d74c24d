import Formats
import Pipelines
import Text

/// A first definition for a file, commented, that runs as it is.
package struct StarterDefinition: Sendable {
  package let name: String
  /// As the definition names the file, relative to its own folder.
  package let path: String
  package let sample: TableSample

  package init(name: String, path: String, sample: TableSample) {
    self.name = name
    self.path = path
    self.sample = sample
  }

  /// The definition's text.
  package func text(for roles: ColumnRoles) -> String {
    switch roles {
    case .classification(let texts, let label):
      classification(texts: texts, label: label)
    case .translation(let source, let target):
      translation(source: source, target: target)
    }
  }

  /// The options of load for the file's notation, where it is not the one its name suggests.
  var dialectLines: [String] {
    let plain = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
    let isTSV = plain.hasSuffix(".tsv") || plain.hasSuffix(".tab")
    let standard: Dialect = isTSV ? .tsv : .csv
    var lines: [String] = []
    if sample.dialect.delimiter != standard.delimiter {
      let delimiter = String(Unicode.Scalar(sample.dialect.delimiter))
      lines.append("delimiter = \(Self.quoted(delimiter))")
    }
    if (sample.dialect.quote == nil) != (standard.quote == nil) {
      lines.append("quoting = \(sample.dialect.quote != nil)")
    }
    if !sample.dialect.hasHeader {
      lines.append("header = false                         # columns are counted from 1")
    }
    if sample.encoding != .utf8 {
      lines.append("encoding = \(Self.quoted(sample.encoding.rawValue))")
    }
    return lines
  }

  /// A column as TOML spells it.
  package static func spelling(_ column: NameOrNumber) -> String {
    switch column {
    case .name(let name): quoted(name)
    case .number(let number): "\(number)"
    }
  }

  /// A basic string of TOML, which is spelled as in JSON.
  package static func quoted(_ text: String) -> String { JSONValue.string(text).compact }

  /// The load stage, with the given lines and those for the file's notation.
  package func load(_ columns: [String]) -> String {
    (["[stage.load]", "path = \(Self.quoted(path))"] + dialectLines + columns)
      .joined(separator: "\n")
  }
}
