/// A table that is still being read.
final class TableBuilder {
  /// How a table was introduced, which decides what may add to it.
  enum Origin: Hashable {
    /// Named by a header of its own, which may come only once; also the root.
    case header
    /// Lies on the way to another header; its own may still come.
    case implied
    /// Lies on the way of a dotted key, and is added to by dotted keys beside that one only.
    case dotted
    /// Written in braces, complete where it stands.
    case inline
  }

  /// What a key of a table under way stands for.
  enum Content {
    case value(TOMLNode)
    case table(TableBuilder)
    case tables(TableList)
  }

  /// The tables of one `[[header]]`.
  final class TableList {
    var tables: [TableBuilder] = []
  }

  private(set) var origin: Origin
  private(set) var header: SourceRange?
  private var entries: [(key: Key, content: Content)] = []
  private var index = KeyIndex()

  init(_ origin: Origin, header: SourceRange? = nil) {
    self.origin = origin
    self.header = header
  }

  func entry(_ name: String) -> (key: Key, content: Content)? {
    index.position(of: name).map { entries[$0] }
  }

  /// Adds a key that is not yet there.
  func add(_ key: Key, _ content: Content) {
    index.add(key.name)
    entries.append((key, content))
  }

  /// Gives a table that was only implied the header it had to come.
  func define(by range: SourceRange) {
    origin = .header
    header = range
  }

  func finished() -> TOMLTable {
    TOMLTable(
      entries: entries.map { entry in
        TOMLTable.Entry(
          key: entry.key.name, keyRange: entry.key.range, node: node(entry.content, of: entry.key))
      }, index: index, header: header, isInline: origin == .inline)
  }

  private func node(_ content: Content, of key: Key) -> TOMLNode {
    switch content {
    case .value(let node): node
    case .table(let table): TOMLNode(.table(table.finished()), at: table.header ?? key.range)
    case .tables(let list):
      TOMLNode(
        .array(
          list.tables.map { TOMLNode(.table($0.finished()), at: $0.header ?? key.range) }),
        at: key.range)
    }
  }
}
