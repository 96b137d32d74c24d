import Tensors

extension Tape {
  /// `y[r, d] = max_t x[(t, r), d]` over the real length of each row; [rows of the batch, d].
  package func maxOverTime(_ x: Variable, packing: Packing) -> Variable {
    let width = x.columns
    let result = variable(rows: packing.rowCount, columns: width)
    let winners = arena.indices(count: packing.rowCount * width)
    let (source, y) = (x.value, result.value)
    for step in 0..<packing.stepCount {
      for (place, position) in packing.range(ofStep: step).enumerated() {
        let row = packing.order[place] * width
        for d in 0..<width where step == 0 || source[position * width + d] > y[row + d] {
          y[row + d] = source[position * width + d]
          winners[row + d] = position
        }
      }
    }
    record(gradientOf: result) { tape, gradient in
      let (incoming, adds) = tape.incomingGradient(of: x)
      if !adds { incoming.fill(0) }
      for i in gradient.indices { incoming[winners[i] * width + i % width] += gradient[i] }
    }
    return result
  }

  /// `y[r, d] = Σ_t x[(t, r), d] / length[r]`; [rows of the batch, d].
  package func meanOverTime(_ x: Variable, packing: Packing, lengths: [Int32]) -> Variable {
    let width = x.columns
    let result = variable(rows: packing.rowCount, columns: width)
    let (source, y) = (x.value, result.value)
    y.fill(0)
    for step in 0..<packing.stepCount {
      for (place, position) in packing.range(ofStep: step).enumerated() {
        let row = packing.order[place]
        let share = 1 / Float(lengths[row])
        for d in 0..<width { y[row * width + d] += share * source[position * width + d] }
      }
    }
    record(gradientOf: result) { tape, gradient in
      let (incoming, adds) = tape.incomingGradient(of: x)
      if !adds { incoming.fill(0) }
      for step in 0..<packing.stepCount {
        for (place, position) in packing.range(ofStep: step).enumerated() {
          let row = packing.order[place]
          let share = 1 / Float(lengths[row])
          for d in 0..<width { incoming[position * width + d] += share * gradient[row * width + d] }
        }
      }
    }
    return result
  }
}
