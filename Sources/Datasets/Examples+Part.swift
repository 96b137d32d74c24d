import Diagnostics

extension Examples {
  /// Some neighbouring rows, numbered as they are.
  package func part(_ rows: Range<Int>) -> Examples {
    let (number, batch, start) = (number, batch, rows.lowerBound)
    return Examples(
      lengths: lengths.map { Array($0[rows]) },
      number: { (row) throws(Diagnostic) in try number(start + row) }
    ) { (chosen) throws(Diagnostic) in try batch(ArraySlice(chosen.map { $0 + Int32(start) })) }
  }

  /// Some of the rows, in the order given.
  func chosen(_ rows: [Int32]) -> Examples {
    let (number, batch) = (number, batch)
    return Examples(
      lengths: lengths.map { lengths in rows.map { lengths[Int($0)] } },
      number: { (row) throws(Diagnostic) in try number(Int(rows[row])) }
    ) { (chosen) throws(Diagnostic) in try batch(ArraySlice(chosen.map { rows[Int($0)] })) }
  }
}
