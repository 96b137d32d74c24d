/// Keys and their values, in the order they were written.
package struct TOMLTable: Hashable, Sendable {
  /// A key, where it was written, and what it stands for.
  package struct Entry: Hashable, Sendable {
    package let key: String
    package let keyRange: SourceRange
    package let node: TOMLNode
  }

  package let entries: [Entry]
  /// The `[header]` of the table; nil for the root and for tables that have none.
  package let header: SourceRange?
  /// Whether the table is written in braces.
  package let isInline: Bool
  private let index: KeyIndex

  init(entries: [Entry], index: KeyIndex, header: SourceRange?, isInline: Bool) {
    self.entries = entries
    self.index = index
    self.header = header
    self.isInline = isInline
  }

  /// A table without a source, for definitions made by a program.
  ///
  /// No two entries may have one key.
  package init(entries: [Entry] = []) {
    var index = KeyIndex()
    for entry in entries { index.add(entry.key) }
    self.init(entries: entries, index: index, header: nil, isInline: false)
  }

  package var keys: [String] { entries.map(\.key) }

  /// The entry of a key, found in O(1).
  package func entry(_ key: String) -> Entry? { index.position(of: key).map { entries[$0] } }

  /// The value of a key and where it is, found in O(1).
  package subscript(key: String) -> TOMLNode? { entry(key)?.node }
}
