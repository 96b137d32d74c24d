import Diagnostics
import Formats
import Pipelines

extension StageOptions {
  /// The most layers, or filters, of a list.
  private static let mostWidths = 64

  /// Reads a list of widths, one for each layer or filter; a single number is a list of one.
  mutating func widths(
    _ name: String, default standard: [Int], in range: ClosedRange<Int>, _ meaning: String
  ) -> [Int] {
    let widths = integers(name, default: standard, in: range, meaning)
    guard widths.count <= Self.mostWidths else {
      reject(name, .tooManyWidths(name, most: Self.mostWidths))
      return standard
    }
    return widths
  }

  /// The same list out of a model's configuration; nil when no definition could have given it.
  static func widths(_ json: JSONValue?, in range: ClosedRange<Int>) -> [Int]? {
    guard let values = json?.arrayValue, values.count <= mostWidths else { return nil }
    let widths = values.compactMap(\.intValue).filter(range.contains)
    return widths.count == values.count ? widths : nil
  }
}

extension Diagnostic.Message {
  fileprivate static func tooManyWidths(_ name: String, most: Int) -> Self {
    Self("\(name) has more than \(most) numbers", remedy: "give fewer, each of its own width")
  }
}
