import Diagnostics

extension Examples {
  /// Some neighbouring rows, numbered as they are.
  package func part(_ rows: Range<Int>) -> Examples {
    let (batch, start) = (batch, Int32(rows.lowerBound))
    return Examples(
      lengths: lengths.map { Array($0[rows]) }, rowNumbers: Array(rowNumbers[rows])
    ) { (chosen) throws(Diagnostic) in try batch(ArraySlice(chosen.map { $0 + start })) }
  }
}
