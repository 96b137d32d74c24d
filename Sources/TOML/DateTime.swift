/// A day without a time zone.
package struct LocalDate: Hashable, Sendable, CustomStringConvertible {
  package let year: Int
  package let month: Int
  package let day: Int

  package var description: String {
    "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }
}

/// A time of day without a time zone.
package struct LocalTime: Hashable, Sendable, CustomStringConvertible {
  package let hour: Int
  package let minute: Int
  /// 60 is a leap second.
  package let second: Int
  /// Digits beyond the ninth are cut off.
  package let nanosecond: Int

  package var description: String {
    let whole = "\(padded(hour, to: 2)):\(padded(minute, to: 2)):\(padded(second, to: 2))"
    guard nanosecond > 0 else { return whole }
    var fraction = padded(nanosecond, to: 9)
    while fraction.last == "0" { fraction.removeLast() }
    return "\(whole).\(fraction)"
  }
}

/// A day and a time of day without a time zone.
package struct LocalDateTime: Hashable, Sendable, CustomStringConvertible {
  package let date: LocalDate
  package let time: LocalTime

  package var description: String { "\(date)T\(time)" }
}

/// A moment: a local date and time and how far they are ahead of UTC.
package struct OffsetDateTime: Hashable, Sendable, CustomStringConvertible {
  package let local: LocalDateTime
  package let offsetMinutes: Int

  package var description: String {
    guard offsetMinutes != 0 else { return "\(local)Z" }
    let minutes = abs(offsetMinutes)
    let sign = offsetMinutes < 0 ? "-" : "+"
    return "\(local)\(sign)\(padded(minutes / 60, to: 2)):\(padded(minutes % 60, to: 2))"
  }
}

private func padded(_ number: Int, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
