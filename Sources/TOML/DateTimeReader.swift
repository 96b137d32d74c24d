/// Reads the date and time forms of RFC 3339 that TOML allows.
struct DateTimeReader {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// Whether a token can only be meant as a date or a time: `dddd-…` or `dd:…`.
  static func isMeant(_ token: ArraySlice<UInt8>) -> Bool {
    let digits = token.prefix(while: \.isDigit).count
    let next = token.dropFirst(digits).first
    return digits > 0 && (next == .colon || digits == 4 && next == .minus)
  }

  /// The date, time or date-time that makes up the whole token; nil when it is none.
  static func value(_ token: ArraySlice<UInt8>) -> TOMLValue? {
    var reader = Self(token)
    let value = reader.value()
    return reader.position == token.endIndex ? value : nil
  }

  private mutating func value() -> TOMLValue? {
    guard bytes.dropFirst(2).first != .colon else { return time().map(TOMLValue.localTime) }
    guard let date = date() else { return nil }
    guard position < bytes.endIndex else { return .localDate(date) }
    guard take(where: { $0 | 0x20 == UInt8(ascii: "t") || $0 == .space }) != nil,
      let time = time()
    else { return nil }
    let local = LocalDateTime(date: date, time: time)
    guard position < bytes.endIndex else { return .localDateTime(local) }
    return offset().map { .offsetDateTime(OffsetDateTime(local: local, offsetMinutes: $0)) }
  }

  private mutating func date() -> LocalDate? {
    guard let year = number(digits: 4), take(.minus),
      let month = number(digits: 2), (1...12).contains(month), take(.minus),
      let day = number(digits: 2), (1...days(in: month, of: year)).contains(day)
    else { return nil }
    return LocalDate(year: year, month: month, day: day)
  }

  private mutating func time() -> LocalTime? {
    guard let hour = number(digits: 2), hour < 24, take(.colon),
      let minute = number(digits: 2), minute < 60, take(.colon),
      let second = number(digits: 2), second <= 60
    else { return nil }
    guard take(.dot) else {
      return LocalTime(hour: hour, minute: minute, second: second, nanosecond: 0)
    }
    var nanosecond = 0
    var digits = 0
    while let digit = take(where: \.isDigit) {
      digits += 1
      if digits <= 9 { nanosecond = nanosecond * 10 + Int(digit &- .zero) }
    }
    guard digits > 0 else { return nil }
    for _ in min(digits, 9)..<9 { nanosecond *= 10 }
    return LocalTime(hour: hour, minute: minute, second: second, nanosecond: nanosecond)
  }

  private mutating func offset() -> Int? {
    if take(where: { $0 | 0x20 == UInt8(ascii: "z") }) != nil { return 0 }
    guard let sign = take(where: { $0 == .plus || $0 == .minus }),
      let hours = number(digits: 2), hours < 24, take(.colon),
      let minutes = number(digits: 2), minutes < 60
    else { return nil }
    return (sign == .minus ? -1 : 1) * (hours * 60 + minutes)
  }

  private mutating func number(digits count: Int) -> Int? {
    var number = 0
    for _ in 0..<count {
      guard let digit = take(where: \.isDigit) else { return nil }
      number = number * 10 + Int(digit &- .zero)
    }
    return number
  }

  private mutating func take(_ byte: UInt8) -> Bool { take { $0 == byte } != nil }

  private mutating func take(where isWanted: (UInt8) -> Bool) -> UInt8? {
    guard position < bytes.endIndex, isWanted(bytes[position]) else { return nil }
    position += 1
    return bytes[position - 1]
  }

  /// Gregorian, also before its time.
  private func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
