import Glibc

/// The time of day.
package enum Clock {
  /// Nanoseconds since 1970.
  package static func nanoseconds() -> Int64 {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// A moment in UTC as `2026-11-22T00:52:37Z`.
  package static func text(nanoseconds: Int64 = nanoseconds()) -> String {
    let seconds = floored(nanoseconds, by: 1_000_000_000)
    let (year, month, day) = date(ofDay: floored(seconds, by: 86_400))
    let second = seconds - floored(seconds, by: 86_400) * 86_400
    let time = "\(padded(second / 3600)):\(padded(second / 60 % 60)):\(padded(second % 60))"
    return "\(padded(year, 4))-\(padded(month))-\(padded(day))T\(time)Z"
  }

  /// The date of a day that is counted from 1970 on, in the Gregorian calendar.
  ///
  /// The function of the system reads the file of the local time zone first. Years are counted from March
  /// on, so that the day of a leap year is their last; of the lengths of months, 153 days are five.
  private static func date(ofDay number: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let daysOf400Years: Int64 = 146_097
    let day = number + 719_468
    let era = floored(day, by: daysOf400Years)
    let dayOfEra = day - era * daysOf400Years
    let year =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / (daysOf400Years - 1)) / 365
    let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (
      era * 400 + year + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    )
  }

  /// A quotient, rounded down.
  private static func floored(_ number: Int64, by divisor: Int64) -> Int64 {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  private static func padded(_ value: Int64, _ width: Int = 2) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
