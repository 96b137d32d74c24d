/// Reads TOML's integers and floats.
struct NumberReader {
  enum Failure: Error {
    case malformed, integerOutOfRange, floatOutOfRange
  }

  private let bytes: ArraySlice<UInt8>
  private var position: Int

  /// The number that makes up the whole token.
  static func value(_ token: ArraySlice<UInt8>) throws(Failure) -> TOMLValue {
    var reader = Self(bytes: token, position: token.startIndex)
    if let radix = radix(of: token) {
      reader.position += 2
      return .integer(try reader.unsignedInteger(radix: radix))
    }
    return try reader.decimal()
  }

  private static func radix(of token: ArraySlice<UInt8>) -> Int64? {
    guard token.first == .zero, let letter = token.dropFirst().first else { return nil }
    switch letter {
    case UInt8(ascii: "x"): return 16
    case UInt8(ascii: "o"): return 8
    case UInt8(ascii: "b"): return 2
    default: return nil
    }
  }

  private mutating func unsignedInteger(radix: Int64) throws(Failure) -> Int64 {
    var number: Int64 = 0
    try digits(isHexadecimal: radix == 16) { digit throws(Failure) in
      guard digit < radix else { throw .malformed }
      number = try sum(number, times: radix, plus: digit)
    }
    guard position == bytes.endIndex else { throw .malformed }
    return number
  }

  private mutating func decimal() throws(Failure) -> TOMLValue {
    let isNegative = next == .minus
    if isNegative || next == .plus { position += 1 }
    let first = position
    // Negative, because the least integer has no positive counterpart.
    var number: Int64 = 0
    var isOutOfRange = false
    try digits { digit throws(Failure) in
      do throws(Failure) {
        number = try sum(number, times: 10, plus: -digit)
      } catch { isOutOfRange = true }
    }
    guard bytes[first] != .zero || position == first + 1 else { throw .malformed }
    guard position == bytes.endIndex else { return .float(try float()) }
    let least: Int64 = isNegative ? .min : -.max
    guard !isOutOfRange, number >= least else { throw .integerOutOfRange }
    return .integer(isNegative ? number : -number)
  }

  /// Goes on after the integer part.
  private mutating func float() throws(Failure) -> Double {
    if next == .dot {
      position += 1
      try digits()
    }
    if next.map({ $0 | 0x20 }) == UInt8(ascii: "e") {
      position += 1
      if next == .plus || next == .minus { position += 1 }
      try digits()
    }
    let text = String(decoding: bytes.filter { $0 != .underscore }, as: UTF8.self)
    guard position == bytes.endIndex, let number = Double(text) else { throw .malformed }
    guard number.isFinite else { throw .floatOutOfRange }
    return number
  }

  /// Moves over one or more digits, single underscores between them, and gives each to `body`.
  private mutating func digits(
    isHexadecimal: Bool = false, _ body: (Int64) throws(Failure) -> Void = { _ in }
  ) throws(Failure) {
    var isAfterDigit = false
    while let byte = next {
      if byte == .underscore {
        guard isAfterDigit else { throw .malformed }
        isAfterDigit = false
      } else if byte.isDigit || isHexadecimal, let digit = byte.hexadecimalValue {
        try body(Int64(digit))
        isAfterDigit = true
      } else {
        break
      }
      position += 1
    }
    guard isAfterDigit else { throw .malformed }
  }

  private var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }
}

private func sum(_ a: Int64, times b: Int64, plus c: Int64) throws(NumberReader.Failure) -> Int64 {
  let (product, isTooLarge) = a.multipliedReportingOverflow(by: b)
  let (sum, isBeyond) = product.addingReportingOverflow(c)
  guard !isTooLarge, !isBeyond else { throw .integerOutOfRange }
  return sum
}
