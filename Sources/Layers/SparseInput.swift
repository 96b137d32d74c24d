import Tensors

/// Rows of a sparse matrix [rows × places]: of each the places that are not zero, and their values.
package struct SparseInput: Sendable {
  /// Where the entries of each row begin, and at last where the last row's end.
  private var offsets = [0]
  private var places: [Int32] = []
  private var values: [Float] = []

  package init() {}

  package mutating func append(_ row: some Sequence<(place: Int32, value: Float)>) {
    for (place, value) in row {
      places.append(place)
      values.append(value)
    }
    offsets.append(places.count)
  }

  package var rowCount: Int { offsets.count - 1 }

  /// Gives each entry to `body`, row by row.
  fileprivate func forEachEntry(_ body: (_ row: Int, _ place: Int, _ value: Float) -> Void) {
    for row in 0..<rowCount {
      for entry in offsets[row]..<offsets[row + 1] {
        body(row, Int(places[entry]), values[entry])
      }
    }
  }

  fileprivate var touched: some Sequence<Int> { places.lazy.map { Int($0) } }
}

extension Tape {
  /// `y[n, d] = Σ_c x[n, c] · w[c, d] + b[d]`, over the places c that are not zero.
  ///
  /// - Parameter weight: a row for each place, unlike that of a dense layer.
  package func linear(_ x: SparseInput, weight: Parameter, bias: Parameter) -> Variable {
    let result = variable(
      rows: x.rowCount, columns: weight.columns, needsGradient: learns(weight) || learns(bias))
    let (w, y) = (self[weight], result.value)
    y.fill(0)
    x.forEachEntry { row, place, value in
      scale(w[rows: place..<place + 1], by: value, into: y[rows: row..<row + 1], adding: true)
    }
    add(row: self[bias], toEachRowOf: y)
    record(gradientOf: result) { tape, dy in
      if tape.learns(weight) {
        let dw = tape.gradient(of: weight, inRows: x.touched)
        x.forEachEntry { row, place, value in
          scale(
            dy[rows: row..<row + 1], by: value, into: dw[rows: place..<place + 1], adding: true)
        }
      }
      if tape.learns(bias) { add(rowsOf: dy, into: tape.gradient(of: bias)) }
    }
    return result
  }
}
