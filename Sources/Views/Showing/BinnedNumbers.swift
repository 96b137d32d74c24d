import Diagnostics
import Glibc
import Reports

/// How often numbers of each size were seen, in bins that are as narrow as their range allows.
///
/// It holds some thousand counts, however many numbers there are.
struct BinnedNumbers: Sendable {
  /// The most different bins; with more, each two neighbours become one.
  private static let mostBins = 4096
  /// The farthest that bins are numbered, on each side of 0.
  private static let farthest = 0x1p50
  /// The bins of a drawing, about.
  private static let drawnBins = 12
  /// What a number may lack of a round end, as a part of the width of a drawn bin.
  private static let tolerance = 1e-6

  /// The width of a bin is 2 to this power.
  private var exponent = -30
  private var counts: [Int: Int] = [:]
  private(set) var total = 0
  private(set) var areWhole = true
  private(set) var lowest = Double.infinity
  private(set) var highest = -Double.infinity
  private var sum = 0.0

  /// - Parameter number: must be finite.
  mutating func add(_ number: Double) {
    total += 1
    sum += number
    (lowest, highest) = (min(lowest, number), max(highest, number))
    areWhole = areWhole && number == number.rounded()
    while abs(number) * exp2(Double(-exponent)) > Self.farthest { widen() }
    counts[Int((number * exp2(Double(-exponent))).rounded(.down)), default: 0] += 1
    while counts.count > Self.mostBins { widen() }
  }

  var mean: Double { sum / Double(total) }

  /// Joins each two neighbouring bins.
  private mutating func widen() {
    exponent += 1
    counts = Dictionary(counts.map { ($0.key >> 1, $0.value) }, uniquingKeysWith: +)
  }

  /// The bins of a drawing, from the lowest to the highest: round ends, and the numbers between them.
  var bins: [(label: String, count: Int)] {
    guard total > 0, highest > lowest else { return [] }
    let step = Self.roundStep((highest - lowest) / Double(Self.drawnBins))
    let first = (lowest / step + Self.tolerance).rounded(.down)
    // The highest number belongs to the bin that it ends.
    let last = max(first, (highest / step - Self.tolerance).rounded(.up) - 1)
    var bins = [Int](repeating: 0, count: Int(last - first) + 1)
    for (bin, count) in counts {
      let middle = (Double(bin) + 0.5) * exp2(Double(exponent))
      let place = (middle / step + Self.tolerance).rounded(.down) - first
      bins[Int(max(0, min(last - first, place)))] += count
    }
    let places = max(0, Int((-log10(step)).rounded(.up)))
    func spelled(_ end: Double) -> String { Spelling.fixed(end * step, places: places) }
    return bins.enumerated().map { place, count in
      let start = first + Double(place)
      return ("\(spelled(start)) – \(spelled(start + 1))", count)
    }
  }

  /// 1, 2 or 5 times a power of ten that is not below a width.
  private static func roundStep(_ width: Double) -> Double {
    let power = pow(10, log10(width).rounded(.down))
    return ([1, 2, 5].first { $0 * power >= width } ?? 10) * power
  }
}
