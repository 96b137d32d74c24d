/// A letter of two bytes whose lower case has two bytes too.
struct PlainLetter {
  let unit: UInt32
  let lower: UInt32

  /// Nil when the bytes are none.
  @inline(__always)
  init?(_ lead: UInt8, _ next: UInt8) {
    guard next & 0xC0 == 0x80 else { return nil }
    unit = UInt32(lead & 0x1F) << 6 | UInt32(next & 0x3F)
    lower = Self.lowers[Int(unit)]
    guard lower != 0 else { return nil }
  }

  /// The lower case of each such letter; 0 for what is none.
  private static let lowers: [UInt32] = (0..<UInt32(0x600)).map { unit in
    guard unit >= 0x80, ScalarClasses.all[unit].contains(.alphabetic),
      let lower = Lowercase.single(unit), (0x80..<0x800).contains(lower)
    else { return 0 }
    return lower
  }
}
