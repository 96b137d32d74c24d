import Diagnostics

extension Parser {
  /// Reads `[a.b]` or `[[a.b]]`; gives the table that the keys below it belong to, and its depth.
  mutating func header(in root: TableBuilder) throws(Diagnostic) -> (TableBuilder, depth: Int) {
    let start = cursor.mark()
    cursor.advance()
    let isList = cursor.take(.leftBracket)
    cursor.skipBlanks()
    let path = try keyPath()
    guard cursor.take(.rightBracket), !isList || cursor.take(.rightBracket) else {
      try refuseControl()
      throw cursor.failure(isList ? .unclosedListHeader : .unclosedHeader, from: start)
    }
    let range = cursor.range(from: start)
    // Tables in a list lie two deep, the list and the table.
    let depth = path.count * 2
    guard depth <= Self.maximumDepth else { throw failure(.tooDeep, at: range) }
    let parent = try table(under: root, along: path.dropLast(), as: .implied)
    let key = path[path.count - 1]
    let table =
      isList
      ? try appendedTable(key, in: parent, header: range)
      : try definedTable(key, in: parent, header: range)
    return (table, depth)
  }

  /// Gives a value to a dotted key of a table.
  func assign(
    _ node: TOMLNode, to path: [Key], in table: TableBuilder
  ) throws(Diagnostic) {
    let parent = try self.table(under: table, along: path.dropLast(), as: .dotted)
    let key = path[path.count - 1]
    if let first = parent.entry(key.name) {
      throw failure(.alreadyDefined(key, line: first.key.range.line), at: key.range)
    }
    parent.add(key, .value(node))
  }

  /// The table that keys lead to; those missing are made as `.implied` or `.dotted` ones.
  private func table(
    under start: TableBuilder, along path: ArraySlice<Key>, as origin: TableBuilder.Origin
  ) throws(Diagnostic) -> TableBuilder {
    var table = start
    for key in path {
      guard let entry = table.entry(key.name) else {
        let made = TableBuilder(origin)
        table.add(key, .table(made))
        table = made
        continue
      }
      switch entry.content {
      case .table(let found) where origin != .dotted || found.origin == .dotted:
        table = found
      case .tables(let list) where origin != .dotted:
        table = list.tables[list.tables.count - 1]
      case .table, .tables:
        throw failure(.dottedIntoHeader(key, line: entry.key.range.line), at: key.range)
      case .value(let node):
        throw failure(.notExtensible(key, node), at: key.range)
      }
    }
    return table
  }

  /// The table of a `[header]`.
  private func definedTable(
    _ key: Key, in parent: TableBuilder, header: SourceRange
  ) throws(Diagnostic) -> TableBuilder {
    guard let first = parent.entry(key.name) else {
      let table = TableBuilder(.header, header: header)
      parent.add(key, .table(table))
      return table
    }
    guard case .table(let table) = first.content, table.origin == .implied else {
      throw failure(.alreadyDefined(key, line: line(of: first)), at: key.range)
    }
    table.define(by: header)
    return table
  }

  /// A new table at the end of the list of a `[[header]]`.
  private func appendedTable(
    _ key: Key, in parent: TableBuilder, header: SourceRange
  ) throws(Diagnostic) -> TableBuilder {
    let list: TableBuilder.TableList
    if let first = parent.entry(key.name) {
      guard case .tables(let found) = first.content else {
        throw failure(.alreadyDefined(key, line: line(of: first)), at: key.range)
      }
      list = found
    } else {
      list = TableBuilder.TableList()
      parent.add(key, .tables(list))
    }
    let table = TableBuilder(.header, header: header)
    list.tables.append(table)
    return table
  }

  private func line(of entry: (key: Key, content: TableBuilder.Content)) -> Int {
    if case .table(let table) = entry.content, let header = table.header { return header.line }
    return entry.key.range.line
  }
}

extension Diagnostic.Message {
  fileprivate static func alreadyDefined(_ key: Key, line: Int) -> Self {
    Self(
      "'\(key.name)' is already defined on line \(line)",
      remedy: "remove one of the two, or give it another name")
  }

  fileprivate static func dottedIntoHeader(_ key: Key, line: Int) -> Self {
    Self(
      "'\(key.name)' is a table of its own, begun on line \(line)",
      remedy: "put the key under that table's header")
  }

  fileprivate static func notExtensible(_ key: Key, _ node: TOMLNode) -> Self {
    if case .table = node.value {
      return Self(
        "'\(key.name)' was written in braces on line \(node.range.line) and is complete",
        remedy: "add the key inside the braces, or give the table a [header]")
    }
    return Self(
      "'\(key.name)' is \(node.value.typeName), defined on line \(node.range.line), not a table",
      remedy: "use another name for one of the two")
  }

  fileprivate static let unclosedHeader = Self(
    "this table header is not closed", remedy: "write [name] or [first.second]")

  fileprivate static let unclosedListHeader = Self(
    "this header of a list of tables is not closed", remedy: "write [[name]]")
}
