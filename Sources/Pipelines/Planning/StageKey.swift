import Digests

/// The text that determines what a stage produces, and its digest.
///
///     kind      tokenize 2
///     rules     moses
///     language  en
///     from      b3:7f3a20…
///
/// It holds all that can change the bytes and nothing else: no names, paths, order, or hosts.
package struct StageKey: Hashable, Sendable {
  /// A line, split into its name and what follows.
  package struct Line: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package let lines: [Line]
  package let digest: Digest

  /// - Parameter lines: the first of them says the kind.
  package init(lines: [Line]) {
    self.lines = lines
    digest = BLAKE3.digest(of: Self.bytes(of: lines))
  }

  package var text: String { String(decoding: Self.bytes(of: lines), as: UTF8.self) }

  private static func bytes(of lines: [Line]) -> [UInt8] {
    let width = lines.reduce(0) { max($0, $1.name.utf8.count) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(lines.reduce(0) { $0 + width + 3 + $1.value.utf8.count })
    for line in lines {
      let valueStart = bytes.count + width + 2
      bytes.append(contentsOf: line.name.utf8)
      while bytes.count < valueStart { bytes.append(UInt8(ascii: " ")) }
      bytes.append(contentsOf: line.value.utf8)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// The value of a line; nil when there is no such line.
  package subscript(name: String) -> String? { lines.first { $0.name == name }?.value }

  /// The lines of a key's text.
  ///
  /// Names may contain spaces. All values begin in one column, and the first line shows which, since
  /// its name has no spaces.
  package static func lines(of text: String) -> [Line] {
    let space = UInt8(ascii: " ")
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"))
    guard let first = lines.first else { return [] }
    let column = first.count - first.drop { $0 != space }.drop { $0 == space }.count
    return lines.map { line in
      let name = line.prefix(column)
      let padding = name.reversed().prefix { $0 == space }.count
      return Line(
        name: String(name.dropLast(padding)) ?? "", value: String(line.dropFirst(column)) ?? "")
    }
  }

  /// A part of a line's name that a person chose, such as a column's name: quoted where it would be
  /// ambiguous as it is.
  package static func name(_ part: String) -> String {
    let isTold =
      part.utf8.last != UInt8(ascii: " ") && part.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    return isTold ? part : spelling(of: part)
  }

  /// The value of a line that names an artifact.
  package static func value(of digest: Digest) -> String { "b3:" + digest.description }

  /// The artifact or file that a value names; nil for an option's.
  package static func digest(in value: String) -> Digest? {
    value.hasPrefix("b3:") ? Digest(hex: value.dropFirst(3)) : nil
  }

  /// A string as a key spells it: bare where it is a plain word, else quoted and escaped.
  package static func spelling(of text: String) -> String {
    let isPlain = !text.isEmpty && text.utf8.allSatisfy { isPlainByte($0) }
    guard !isPlain else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        quoted += "\\u{\(String(scalar.value, radix: 16))}"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// A number as a key spells it; `-0` and `0` are one value.
  package static func spelling(of number: Double) -> String {
    number == 0 ? "0.0" : number.description
  }

  private static func isPlainByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "+"), UInt8(ascii: "@"),
      UInt8(ascii: "%"):
      true
    default: byte >= 0x80
    }
  }
}
