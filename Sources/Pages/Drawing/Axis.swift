import Diagnostics
import Glibc

/// An axis of a drawing: where values lie, and which of them have ticks.
package struct Axis: Sendable {
  /// How values are spread.
  package enum Scale: Sendable {
    case linear
    /// Equal ratios at equal distances, for positive values.
    case logarithmic
  }

  let range: ClosedRange<Double>
  let scale: Scale
  /// Round values within the range, smallest first.
  let ticks: [Double]
  /// Where the ends of the range lie in the drawing.
  let start: Double
  let end: Double

  /// An axis over all values, which are finite; from just below the least to just above the most.
  init(over values: [Double], _ scale: Scale = .linear, start: Double, end: Double) {
    var (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let isLogarithmic = scale == .logarithmic && low > 0
    if high <= low {
      let room = low == 0 ? 0.5 : abs(low) / 2
      (low, high) = isLogarithmic ? (low / 2, low * 2) : (low - room, low + room)
    }
    self.scale = isLogarithmic ? .logarithmic : .linear
    self.start = start
    self.end = end
    if isLogarithmic {
      let margin = pow(high / low, 0.06)
      range =
        max(low / margin, .leastNormalMagnitude)...min(high * margin, .greatestFiniteMagnitude)
      ticks = Self.decades(in: range)
    } else {
      let margin = (high - low) * 0.06
      range = (low >= 0 && low < margin ? 0 : low - margin)...high + margin
      ticks = Self.roundSteps(in: range)
    }
  }

  /// Where a value lies in the drawing.
  func place(_ value: Double) -> Double {
    let share =
      switch scale {
      case .linear: (value - range.lowerBound) / (range.upperBound - range.lowerBound)
      case .logarithmic:
        log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
      }
    return start + share * (end - start)
  }

  /// Three to six multiples of 1, 2 or 5 times a power of ten.
  private static func roundSteps(in range: ClosedRange<Double>) -> [Double] {
    let rough = (range.upperBound - range.lowerBound) / 6
    let unit = pow(10, log10(rough).rounded(.down))
    let step = unit * ([1, 2, 5].first { unit * $0 >= rough } ?? 10)
    let first = (range.lowerBound / step).rounded(.up)
    return (0..<12).map { (first + Double($0)) * step }.filter(range.contains)
  }

  /// Powers of ten, with twice and five times as much between where those are few.
  private static func decades(in range: ClosedRange<Double>) -> [Double] {
    let (first, last) = (
      Int(log10(range.lowerBound).rounded(.down)), Int(log10(range.upperBound).rounded(.up))
    )
    let factors: [Double] = last - first <= 3 ? [1, 2, 5] : [1]
    let ticks = (first...last).flatMap { power in factors.map { $0 * pow(10, Double(power)) } }
    return ticks.filter(range.contains)
  }
}

extension Spelling {
  /// The label of a tick: `0.5`, `1,200`, `5e-06`.
  static func tick(_ number: Double) -> String {
    if number == number.rounded(), abs(number) < 1e9 { return count(Int(number)) }
    guard abs(number) >= 0.0001, abs(number) < 1e9 else { return measure(number) }
    return rounded(number, places: 6)
  }
}
