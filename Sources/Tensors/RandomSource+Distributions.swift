import Glibc

extension RandomSource {
  /// A float from [0, 1), a multiple of 2⁻²⁴.
  package mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// A number from 0 up to `count`, each as likely (Lemire 2019).
  package mutating func index(below count: Int) -> Int {
    precondition(count > 0, "no number below \(count)")
    let range = UInt64(count)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// Puts the elements into a random order (Fisher and Yates).
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, index(below: last + 1))
    }
  }

  /// Sets every value to one from [lower, upper).
  package mutating func fillUniform(_ values: Tensor, from lower: Float, to upper: Float) {
    for i in values.indices { values[i] = lower + (upper - lower) * uniform() }
  }

  /// Sets every value to one of a normal distribution (Box and Muller).
  package mutating func fillNormal(_ values: Tensor, mean: Float = 0, deviation: Float) {
    var spare: Float?
    for i in values.indices {
      if let kept = spare {
        values[i] = mean + deviation * kept
        spare = nil
      } else {
        let radius = (-2 * log(1 - Double(uniform()))).squareRoot()
        let angle = 2 * Double.pi * Double(uniform())
        values[i] = mean + deviation * Float(radius * cos(angle))
        spare = Float(radius * sin(angle))
      }
    }
  }

  /// `y ← x · m`, or `y ← y + x · m`, each m 0 with `dropProbability`, else 1 / (1 − dropProbability).
  ///
  /// A source in the state it began with draws each m again, so that nobody needs to keep it.
  package mutating func dropOut(
    _ x: Tensor, dropProbability: Float, into y: Tensor, adding: Bool = false
  ) {
    precondition(
      0 <= dropProbability && dropProbability < 1 && x.count == y.count,
      "\(dropProbability) of \(x.count) values dropped into \(y.count)")
    let kept = Lanes(repeating: 1 / (1 - dropProbability))
    // Sixteen bits for each value: a probability to 1/65,536.
    let threshold = SIMD16(repeating: UInt32((dropProbability * 0x1p16).rounded()))
    for start in stride(from: 0, to: x.count, by: 4 * Lanes.scalarCount) {
      let (first, second) = nextEightBlocks()
      for quarter in 0..<4 {
        let place = start &+ quarter &* Lanes.scalarCount
        let rest = x.count &- place
        if rest <= 0 { break }
        x.prefetch(at: place &+ Tensor.prefetchDistance)
        y.prefetch(at: place &+ Tensor.prefetchDistance)
        let words = quarter & 1 == 0 ? first : second
        let bits = quarter < 2 ? words & 0xFFFF : words &>> 16
        let mask = kept.replacing(with: 0, where: bits .< threshold)
        let product = x.lanes(at: place, count: rest) * mask
        y.store(
          adding ? y.lanes(at: place, count: rest) + product : product, at: place, count: rest)
      }
    }
  }
}
