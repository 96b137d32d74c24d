import Diagnostics

extension Parser {
  /// A number, boolean, date or time.
  mutating func scalar() throws(Diagnostic) -> TOMLValue {
    let start = cursor.mark()
    var token = cursor.take(while: \.isScalarPart)
    guard let first = token.first else {
      try refuseControl()
      throw cursor.failure(.noValue)
    }
    if DateTimeReader.isMeant(token) {
      // A date and a time may be joined by a space.
      if token.count == 10, cursor.next == .space, cursor.byte(after: 1).isDigit {
        cursor.advance()
        _ = cursor.take(while: \.isScalarPart)
        token = cursor.source.bytes[start.offset..<cursor.offset]
      }
      guard let value = DateTimeReader.value(token) else {
        throw cursor.failure(.badDateTime, from: start)
      }
      return value
    }
    if let word = value(ofWord: token) { return word }
    guard first.isDigit || first == .plus || first == .minus || first == .dot else {
      throw cursor.failure(.notAValue, from: start)
    }
    do throws(NumberReader.Failure) {
      return try NumberReader.value(token)
    } catch {
      throw cursor.failure(message(for: error), from: start)
    }
  }

  private func value(ofWord token: ArraySlice<UInt8>) -> TOMLValue? {
    switch String(decoding: token, as: UTF8.self) {
    case "true": .boolean(true)
    case "false": .boolean(false)
    case "inf", "+inf": .float(.infinity)
    case "-inf": .float(-.infinity)
    case "nan", "+nan", "-nan": .float(.nan)
    default: nil
    }
  }

  private func message(for failure: NumberReader.Failure) -> Diagnostic.Message {
    switch failure {
    case .malformed: .badNumber
    case .integerOutOfRange: .integerOutOfRange
    case .floatOutOfRange: .floatOutOfRange
    }
  }
}

extension Diagnostic.Message {
  /// Whether what was read is a number, but one that 64 bits cannot hold.
  package var isOfTooLargeNumber: Bool { self == .integerOutOfRange || self == .floatOutOfRange }

  fileprivate static let noValue = Self(
    "a value is expected here", remedy: "write \"\" for an empty string")

  fileprivate static let notAValue = Self(
    "this is not a TOML value",
    remedy: "put a string in quotes; booleans are true and false")

  fileprivate static let badDateTime = Self(
    "this is not a date or time",
    remedy: "write 1979-05-27, 07:32:00, 1979-05-27T07:32:00 or 1979-05-27T07:32:00Z")

  fileprivate static let badNumber = Self(
    "this is not a number",
    remedy: "write 42, -1_000, 0xFF, 0.5 or 1e-3; a string goes in quotes")

  fileprivate static let integerOutOfRange = Self(
    "this integer does not fit in 64 bits",
    remedy: "stay within \(Int64.min) and \(Int64.max), or write a float")

  fileprivate static let floatOutOfRange = Self(
    "this float is beyond what 64 bits can hold", remedy: "write inf for infinity")
}
