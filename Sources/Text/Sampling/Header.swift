/// Tells a header from a first row.
enum Header {
  private static let longest = 40
  private static let mostWords = 4
  /// What nothing but a column is called.
  private static let usual: Set = ["text", "label", "category", "source", "target", "sentence"]

  /// Whether a record names the columns of those below: short, different names, none of which is a
  /// number or stands again in its column, over a column that looks otherwise.
  static func isHeader(_ record: [String], above rows: some Collection<[String]>) -> Bool {
    let isNames = record.allSatisfy { field in
      !field.isEmpty && field.count <= longest && wordCount(field) <= mostWords
        && Double(field) == nil && !field.contains { ".!?\n".contains($0) }
    }
    guard isNames, Set(record).count == record.count else { return false }
    if rows.isEmpty || record.contains(where: { usual.contains($0.lowercased()) }) { return true }
    let columns = record.indices.map { column in rows.map { $0[column] } }
    guard !zip(record, columns).contains(where: { $1.contains($0) }) else { return false }
    return zip(record, columns).contains { name, values in
      let words = values.reduce(0) { $0 + wordCount($1) }
      let isLonger = words > 2 * values.count * wordCount(name)
      let areNumbers = values.allSatisfy { Double($0) != nil }
      let areFew = Set(values).count * 2 <= values.count
      return isLonger || areNumbers || areFew
    }
  }

  private static func wordCount(_ text: String) -> Int {
    max(1, text.split(whereSeparator: \.isWhitespace).count)
  }
}
