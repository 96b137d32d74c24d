import Tensors

// One vector for each of some joined rows.
extension Tape {
  /// `y[r, :] = x[first word of r, :]`.
  package func firstOfEachRow(_ x: Variable, _ rows: JoinedRows) -> Variable {
    let firsts = rows.firsts
    let result = variable(rows: rows.count, columns: x.columns, needsGradient: x.needsGradient)
    gather(rows: firsts, of: x.value, into: result.value)
    record(gradientOf: result) { tape, dy in
      let (dx, adds) = tape.incomingGradient(of: x)
      if !adds { dx.fill(0) }
      scatter(dy, addingToRows: firsts, of: dx)
    }
    return result
  }

  /// `y[r, :] = Σ_t x[t, :] / length[r]` over the words of each row.
  package func meanOfEachRow(_ x: Variable, _ rows: JoinedRows) -> Variable {
    let result = variable(rows: rows.count, columns: x.columns, needsGradient: x.needsGradient)
    result.value.fill(0)
    for row in 0..<rows.count {
      let words = rows.words(ofRow: row)
      let mean = result.value[rows: row..<row + 1]
      add(rowsOf: x.value[rows: words], into: mean)
      scale(mean, by: 1 / Float(words.count), into: mean)
    }
    record(gradientOf: result) { tape, dy in
      let (dx, adds) = tape.incomingGradient(of: x)
      for row in 0..<rows.count {
        let words = rows.words(ofRow: row)
        for word in words {
          scale(
            dy[rows: row..<row + 1], by: 1 / Float(words.count), into: dx[rows: word..<word + 1],
            adding: adds)
        }
      }
    }
    return result
  }
}
