/// Decides whether the first record of a file is a header.
enum Header {
  private static let longest = 60
  private static let mostWords = 8
  /// Words that are names of columns and hardly ever values.
  private static let usual: Set = ["text", "label", "category", "source", "target", "sentence"]

  /// Whether a record names the columns of those below.
  ///
  /// Its names must be short, no numbers, not end like a sentence, not occur again in their columns,
  /// and some must look different from their column's values.
  ///
  /// A column without a name must hold numbers, as one of row numbers does, or nothing.
  static func isHeader(_ record: [String], above rows: some Collection<[String]>) -> Bool {
    let columns = record.indices.map { column in rows.map { $0[column] } }
    let names = record.filter { !$0.isEmpty }
    guard !names.isEmpty, names.allSatisfy(isName) else { return false }
    let areExplained = zip(record, columns).allSatisfy { name, values in
      !name.isEmpty || values.allSatisfy { $0.isEmpty || Double($0) != nil }
    }
    guard areExplained else { return false }
    if names.contains(where: isUsual) { return true }
    guard Set(names).count == names.count else { return false }
    if rows.isEmpty { return true }
    let named = zip(record, columns).filter { !$0.0.isEmpty }
    guard !named.contains(where: { $1.contains($0) }) else { return false }
    return named.contains { name, values in
      let words = values.reduce(0) { $0 + wordCount($1) }
      let isLonger = words > 2 * values.count * wordCount(name)
      let areNumbers = values.allSatisfy { Double($0) != nil }
      let areFew = Set(values).count * 2 <= values.count
      return isLonger || areNumbers || areFew
    }
  }

  private static func isName(_ field: String) -> Bool {
    field.count <= longest && wordCount(field) <= mostWords && Double(field) == nil
      && !field.contains { "!\n".contains($0) } && field.last != "." && field.last != "?"
      && !field.contains(". ")
  }

  /// Whether a word, or a part of a name such as `review.text`, is a usual name of a column.
  private static func isUsual(_ name: String) -> Bool {
    guard !usual.contains(name.lowercased()) else { return true }
    guard wordCount(name) == 1 else { return false }
    return name.lowercased().split { !$0.isLetter }.contains { usual.contains(String($0)) }
  }

  private static func wordCount(_ text: String) -> Int {
    max(1, text.split(whereSeparator: \.isWhitespace).count)
  }
}
