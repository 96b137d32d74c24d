import CProcessor

/// Sixteen floats: one AVX-512 register.
package typealias Lanes = SIMD16<Float>

extension Lanes {
  /// `self + x · y`, rounded once.
  ///
  /// The library's goes lane by lane, and is made vectors of again or is not.
  @_transparent
  func addingProduct(_ x: Lanes, _ y: Lanes) -> Lanes { lanes_adding_product(self, x, y) }
}

// All of these are transparent: a call would pass vectors in pieces and compute in them.

/// `eˣ` to about 1 unit in the last place, for x cut to −87.3…`bound`.
@_transparent
func exponential(_ x: Lanes, atMost bound: Float = 88) -> Lanes {
  let clamped = lanes_clamp(x, -87.3, bound)
  // Adding 1.5 · 2²³ leaves the nearest integer in the low bits.
  let magic = Lanes(repeating: 0x1.8p23)
  let shifted = magic.addingProduct(clamped, Lanes(repeating: 1.442695041))
  let n = shifted - magic
  let high = clamped.addingProduct(n, Lanes(repeating: -0.693359375))
  let r = high.addingProduct(n, Lanes(repeating: 2.12194440e-4))
  var p = Lanes(repeating: 1.9875691500e-4)
  p = Lanes(repeating: 1.3981999507e-3).addingProduct(p, r)
  p = Lanes(repeating: 8.3334519073e-3).addingProduct(p, r)
  p = Lanes(repeating: 4.1665795894e-2).addingProduct(p, r)
  p = Lanes(repeating: 1.6666665459e-1).addingProduct(p, r)
  p = Lanes(repeating: 5.0000001201e-1).addingProduct(p, r)
  let y = (r + 1).addingProduct(p, r * r)
  return y * lanes_power_of_two(shifted)
}

/// `1 / σ(x) = 1 + e⁻ˣ`, at most 10¹⁸ so that two can be multiplied.
@_transparent
func sigmoidDenominator(_ x: Lanes) -> Lanes { 1 + exponential(-x, atMost: 41) }

/// `tanh x` as a fraction: a rational minimax approximation, good to a few units in the last place.
@_transparent
func tanhFraction(_ x: Lanes) -> (numerator: Lanes, denominator: Lanes) {
  let c = lanes_clamp(x, -7.905311, 7.905311)
  let s = c * c
  var p = Lanes(repeating: -2.76076847742355e-16)
  p = Lanes(repeating: 2.00018790482477e-13).addingProduct(p, s)
  p = Lanes(repeating: -8.60467152213735e-11).addingProduct(p, s)
  p = Lanes(repeating: 5.12229709037114e-08).addingProduct(p, s)
  p = Lanes(repeating: 1.48572235717979e-05).addingProduct(p, s)
  p = Lanes(repeating: 6.37261928875436e-04).addingProduct(p, s)
  p = Lanes(repeating: 4.89352455891786e-03).addingProduct(p, s)
  var q = Lanes(repeating: 1.19825839466702e-06)
  q = Lanes(repeating: 1.18534705686654e-04).addingProduct(q, s)
  q = Lanes(repeating: 2.26843463243900e-03).addingProduct(q, s)
  q = Lanes(repeating: 4.89352518554385e-03).addingProduct(q, s)
  return (c * p, q)
}

/// Φ(x), how much of the normal law lies below x, to 2·10⁻⁷: a rational approximation of erf.
@_transparent
func normalDistribution(_ x: Lanes) -> Lanes {
  let c = lanes_clamp(x * Float(0.5).squareRoot(), -4, 4)
  let s = c * c
  var p = Lanes(repeating: -2.72614225801306e-10)
  p = Lanes(repeating: 2.77068142495902e-08).addingProduct(p, s)
  p = Lanes(repeating: -2.10102402082508e-06).addingProduct(p, s)
  p = Lanes(repeating: -5.69250639462346e-05).addingProduct(p, s)
  p = Lanes(repeating: -7.34990630326855e-04).addingProduct(p, s)
  p = Lanes(repeating: -2.95459980854025e-03).addingProduct(p, s)
  p = Lanes(repeating: -1.60960333262415e-02).addingProduct(p, s)
  var q = Lanes(repeating: -1.45660718464996e-05)
  q = Lanes(repeating: -2.13374055278905e-04).addingProduct(q, s)
  q = Lanes(repeating: -1.68282697438203e-03).addingProduct(q, s)
  q = Lanes(repeating: -7.37332916720468e-03).addingProduct(q, s)
  q = Lanes(repeating: -1.42647390514189e-02).addingProduct(q, s)
  return Lanes(repeating: 0.5).addingProduct(c * p / q, Lanes(repeating: 0.5))
}

/// `1 / a` and `1 / b` by one division, the slowest of all vector instructions.
@_transparent
func reciprocals(_ a: Lanes, _ b: Lanes) -> (Lanes, Lanes) {
  let both = 1 / (a * b)
  return (both * b, both * a)
}
