/// The metadata of one column of token ids.
package struct TokenColumn: Hashable, Sendable {
  /// The column's name in the table it came from, and the start of its tensors' names.
  package let name: String
  /// Every id is below it.
  package let vocabularySize: Int
  /// The id that fills rows up; leading and trailing ones are not part of a row's real length.
  package let padding: Int32
  /// The id that ends every row; nil where none does.
  package let end: Int32?

  package init(_ name: String, vocabularySize: Int, padding: Int32, end: Int32? = nil) {
    self.name = name
    self.vocabularySize = vocabularySize
    self.padding = padding
    self.end = end
  }

  var idsName: String { "\(name).ids" }
  var offsetsName: String { "\(name).offsets" }
  var lengthsName: String { "\(name).lengths" }
}

/// Where the real tokens of a row lie among its ids: without the padding before and after them.
package func realRange(of ids: Span<Int32>, padding: Int32) -> Range<Int> {
  var start = 0
  var end = ids.count
  while end > 0, ids[end - 1] == padding { end -= 1 }
  while start < end, ids[start] == padding { start += 1 }
  return start..<end
}
