import Diagnostics

/// Objects, lists and what they hold.
extension JSONReader where Source: ~Copyable {
  /// Reads a value that fills the columns of a node, or holds values that do.
  mutating func readValue(at node: Int, depth: Int) throws(Diagnostic) {
    switch try text.peek() {
    case UInt8(ascii: "{"):
      try checkDepth(depth)
      if !row.columns[node].columns.isEmpty {
        row.refuse(text.problemHere(.objectAsText(row.columns[node].path)))
      }
      _ = try text.take("{")
      try readMembers(of: node, depth: depth + 1)
    case UInt8(ascii: "["):
      try checkDepth(depth)
      text.mark()
      _ = try text.take("[")
      try readElements(of: node, depth: depth + 1)
    default:
      var field: [UInt8] = []
      text.mark()
      try readScalar(into: &field)
      try fill(node, with: field)
    }
  }

  /// Passes over a value that nothing is wanted of.
  mutating func passValue(depth: Int) throws(Diagnostic) {
    switch try text.peek() {
    case UInt8(ascii: "{"):
      try checkDepth(depth)
      _ = try text.take("{")
      try readMembers(of: nil, depth: depth + 1)
    case UInt8(ascii: "["):
      try checkDepth(depth)
      _ = try text.take("[")
      try passElements(depth: depth + 1)
    default:
      var scrap: [UInt8] = []
      try readScalar(into: &scrap, isWanted: false)
    }
  }

  /// Reads a name and the colon behind it, up to the value.
  mutating func readName() throws(Diagnostic) -> [UInt8] {
    var name: [UInt8] = []
    try text.readString(into: &name, isWanted: false)
    try text.skipSpace()
    guard try text.take(":") else { throw text.problemHere(.noColon) }
    try text.skipSpace()
    return name
  }

  /// Reads what follows the opening brace of an object.
  private mutating func readMembers(of node: Int?, depth: Int) throws(Diagnostic) {
    try text.skipSpace()
    if try text.take("}") { return }
    while true {
      guard try text.peek() == UInt8(ascii: "\"") else { throw text.problemHere(.noName) }
      let name = try readName()
      if let node, depth <= 2 { note(name, in: node) }
      if let node, row.columns.hasChildren(node),
        let child = row.columns.child(of: node, named: name)
      {
        try readValue(at: child, depth: depth)
      } else {
        try passValue(depth: depth)
      }
      try text.skipSpace()
      if try text.take("}") { return }
      guard try text.take(",") else { throw text.problemHere(.noComma("}")) }
      try text.skipSpace()
    }
  }

  private mutating func note(_ name: [UInt8], in node: Int) {
    let path = row.columns[node].path
    let name = String(decoding: name, as: UTF8.self)
    row.note(path.isEmpty ? name : "\(path).\(name)")
  }

  /// Reads what follows the opening bracket of a list: members by number, or words of a text.
  mutating func readElements(of node: Int, depth: Int) throws(Diagnostic) {
    let columns = row.columns
    let isRow = node == JSONColumns.root
    let wanted = columns[node].columns
    let joins = !isRow && (wanted.isEmpty || wanted.allSatisfy { columns.joinsLists[$0] })
    if !joins, !isRow { row.refuse(text.problem(.listAsText(columns[node].path))) }
    var words: [UInt8] = []
    var number = 0
    try text.skipSpace()
    var isAtEnd = try text.take("]")
    while !isAtEnd {
      number += 1
      if let child = isRow || !columns[node].children.isEmpty
        ? row.columns.child(of: node, named: Array("\(number)".utf8)) : nil
      {
        try readValue(at: child, depth: depth)
      } else {
        try readWord(of: node, joins, into: &words, number: number, depth: depth)
      }
      try text.skipSpace()
      isAtEnd = try text.take("]")
      guard !isAtEnd else { break }
      guard try text.take(",") else { throw text.problemHere(.noComma("]")) }
      try text.skipSpace()
    }
    if joins { try fill(node, with: words) }
  }

  /// Reads an element of a list that is a text: one of its words.
  private mutating func readWord(
    of node: Int, _ joins: Bool, into words: inout [UInt8], number: Int, depth: Int
  ) throws(Diagnostic) {
    switch try text.peek() {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      if !row.columns[node].columns.isEmpty {
        row.refuse(text.problemHere(.listAsText(row.columns[node].path)))
      }
      row.columns.noteRows(at: node)
      try passValue(depth: depth)
    default:
      if number > 1 { words.append(UInt8(ascii: " ")) }
      try readScalar(into: &words, isWanted: joins)
    }
  }

  /// Passes over what follows the opening bracket of a list.
  private mutating func passElements(depth: Int) throws(Diagnostic) {
    try text.skipSpace()
    if try text.take("]") { return }
    while true {
      try passValue(depth: depth)
      try text.skipSpace()
      if try text.take("]") { return }
      guard try text.take(",") else { throw text.problemHere(.noComma("]")) }
      try text.skipSpace()
    }
  }

  private mutating func readScalar(
    into field: inout [UInt8], isWanted: Bool = true
  ) throws(Diagnostic) {
    switch try text.peek() {
    case UInt8(ascii: "\""): try text.readString(into: &field, isWanted: isWanted)
    case UInt8(ascii: "t"):
      try text.readWord("true")
      field += Array("true".utf8)
    case UInt8(ascii: "f"):
      try text.readWord("false")
      field += Array("false".utf8)
    case UInt8(ascii: "n"): try text.readWord("null")
    case let byte? where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte):
      try text.readNumber(into: &field)
    default: throw text.problemHere(.noValue)
    }
  }

  private mutating func fill(_ node: Int, with field: [UInt8]) throws(Diagnostic) {
    guard row.fill(node, with: field) else {
      row.refuse(text.problem(.duplicate(row.columns[node].path)))
      return
    }
    try text.checkLength(row.byteCount)
  }

  private func checkDepth(_ depth: Int) throws(Diagnostic) {
    guard depth < Self.maximumDepth else { throw text.problemHere(.tooDeep(Self.maximumDepth)) }
  }
}

extension Diagnostic.Message {
  fileprivate static let noName = Self(
    "expected a name in double quotes", remedy: "names of members stand in double quotes")

  fileprivate static let noColon = Self("expected ':' after the name of a member")

  fileprivate static func tooDeep(_ limit: Int) -> Self {
    Self("JSON nested deeper than \(limit) levels")
  }

  fileprivate static func objectAsText(_ path: String) -> Self {
    Self(
      "'\(path)' is an object, not a text",
      remedy: "name one of its members, as in \"\(path).NAME\"; tables that pandas wrote by columns"
        + " want to_json(…, orient=\"records\")")
  }

  fileprivate static func listAsText(_ path: String) -> Self {
    Self(
      "'\(path)' is a list, not one text", remedy: "name one of its elements, as in \"\(path).1\"")
  }

  fileprivate static func duplicate(_ path: String) -> Self {
    Self("'\(path)' stands twice in this row", remedy: "leave one of them")
  }
}
