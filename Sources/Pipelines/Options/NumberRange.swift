/// The numbers an option accepts.
package struct NumberRange: Hashable, Sendable, CustomStringConvertible {
  package let minimum: Double
  package let maximum: Double
  package let includesMinimum: Bool
  package let includesMaximum: Bool

  private init(_ minimum: Double, _ maximum: Double, _ low: Bool = true, _ high: Bool = true) {
    self.minimum = minimum
    self.maximum = maximum
    includesMinimum = low
    includesMaximum = high
  }

  package static let any = Self(-.infinity, .infinity)
  package static let positive = above(0)
  package static let fraction = Self(0, 1)

  package static func atLeast(_ minimum: Double) -> Self { Self(minimum, .infinity) }
  package static func above(_ minimum: Double) -> Self { Self(minimum, .infinity, false) }
  package static func from(_ minimum: Double, through maximum: Double) -> Self {
    Self(minimum, maximum)
  }
  package static func from(_ minimum: Double, below maximum: Double) -> Self {
    Self(minimum, maximum, true, false)
  }

  func contains(_ number: Double) -> Bool {
    guard number.isFinite else { return false }
    return (includesMinimum ? number >= minimum : number > minimum)
      && (includesMaximum ? number <= maximum : number < maximum)
  }

  /// A number in single precision; nil unless it is in the range before and after it is rounded.
  package func single(_ number: Double) -> Float? {
    contains(number) && contains(Double(Float(number))) ? Float(number) : nil
  }

  /// `from 0, below 1`; nothing when every number will do.
  package var description: String {
    var parts: [String] = []
    if minimum > -.infinity {
      parts.append((includesMinimum ? "from " : "above ") + Self.spelling(of: minimum))
    }
    if maximum < .infinity {
      parts.append((includesMaximum ? "to " : "below ") + Self.spelling(of: maximum))
    }
    let isClosed = includesMinimum && includesMaximum
    return parts.joined(separator: isClosed ? " " : ", ")
  }

  /// A number as people write it: without a fraction when it is whole.
  static func spelling(of number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}
