import Digests
import Glibc
import TOML

/// The distribution of one option's values in a random search.
enum RandomRange {
  case linear(Double, Double)
  /// Uniform in the logarithm.
  case logarithmic(Double, Double)
  /// Uniform, both ends included.
  case integer(Int64, Int64)
  case choices([TOMLValue])

  /// The value at a place of the range.
  ///
  /// - Parameter place: from 0, below 1.
  func value(at place: Double) -> TOMLValue {
    switch self {
    case .linear(let low, let high):
      return .float(Self.rounded(low + place * (high - low), within: low...high))
    case .logarithmic(let low, let high):
      let number = exp(log(low) + place * (log(high) - log(low)))
      return .float(Self.rounded(number, within: low...high))
    case .integer(let low, let high):
      // The width of the widest range is beyond Int64.
      let last = UInt64(bitPattern: high &- low)
      let step = UInt64((place * (Double(last) + 1)).rounded(.down))
      return .integer(low &+ Int64(bitPattern: min(last, step)))
    case .choices(let values):
      return values[min(values.count - 1, Int(place * Double(values.count)))]
    }
  }

  /// The place of one draw; it depends on nothing but these three.
  static func place(seed: UInt64, option: String, draw: Int) -> Double {
    let bytes = BLAKE3.digest(of: "random \(seed) \(draw) \(option)").bytes
    let number = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Double(number >> 11) * 0x1p-53
  }

  /// Four digits are enough to search with, and can be read.
  private static func rounded(_ number: Double, within range: ClosedRange<Double>) -> Double {
    guard number != 0 else { return 0 }
    let places = 3 - log10(abs(number)).rounded(.down)
    let scale = pow(10, abs(places))
    let rounded =
      places < 0 ? (number / scale).rounded() * scale : (number * scale).rounded() / scale
    return min(range.upperBound, max(range.lowerBound, rounded))
  }
}
