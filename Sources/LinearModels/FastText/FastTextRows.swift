import Diagnostics

/// The inputs of rows to learn from: of the first rows held in memory, of the others made each time.
package struct FastTextRows {
  package let count: Int
  /// The inputs of all rows together.
  let inputTotal: Int
  private let held: TokenLists
  private let make: (_ row: Int) throws(Diagnostic) -> [Int32]

  /// - Parameters:
  ///   - most: how many inputs are held, at most; each takes 4 bytes.
  ///   - make: gives the numbers of a row's inputs, always the same.
  package init(
    count: Int, holding most: Int = 1 << 24,
    _ make: @escaping (_ row: Int) throws(Diagnostic) -> [Int32]
  ) throws(Diagnostic) {
    var (total, held) = (0, TokenLists())
    for row in 0..<count {
      let inputs = try make(row)
      total += inputs.count
      if held.count == row, total <= most { held.append(inputs) }
    }
    self.count = count
    inputTotal = total
    self.held = held
    self.make = make
  }

  /// The numbers of a row's inputs.
  func inputs(of row: Int) throws(Diagnostic) -> ArraySlice<Int32> {
    row < held.count ? held.ids[held.range(ofRow: row)] : try make(row)[...]
  }
}
