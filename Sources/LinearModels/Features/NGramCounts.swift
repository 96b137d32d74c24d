/// How often every n-gram of some rows occurs; rows are added part by part.
///
/// It takes about 80 bytes for each different n-gram, and nothing for a row.
package struct NGramCounts: Sendable {
  struct NGram {
    let prefix: Int32
    let token: Int32
    let length: Int32
    /// The rows that it occurs in.
    var rowCount: Int32 = 0
    /// All its occurrences.
    var total = 0
    /// The last of the rows.
    var lastRow = -1
  }

  private let longest: Int
  private var rowCount = 0
  private var table = NGramTable()
  private(set) var ngrams: [NGram] = []

  /// - Parameter longest: the tokens of the longest n-grams.
  package init(upTo longest: Int) { self.longest = longest }

  /// Counts the n-grams of the rows that come next.
  package mutating func add(_ rows: TokenLists) {
    for row in 0..<rows.count { add(rows.ids[rows.range(ofRow: row)]) }
  }

  private mutating func add(_ ids: ArraySlice<Int32>) {
    for start in ids.indices {
      var number = NGramTable.start
      for end in start..<min(ids.endIndex, start + longest) {
        let token = ids[end]
        guard token >= 0 else { break }
        let new = Int32(ngrams.count)
        let prefix = number
        number = table.number(prefix: prefix, token: token, orInsert: new)
        if number == new {
          ngrams.append(NGram(prefix: prefix, token: token, length: Int32(end - start + 1)))
        }
        let place = Int(number)
        ngrams[place].total += 1
        if ngrams[place].lastRow != rowCount {
          ngrams[place].lastRow = rowCount
          ngrams[place].rowCount += 1
        }
      }
    }
    rowCount += 1
  }
}
