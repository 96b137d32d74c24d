/// Appends one scalar, which must not be a surrogate, as UTF-8.
func appendUTF8(_ scalar: UInt32, to text: inout [UInt8]) {
  func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: scalar >> shift) & 0x3F }
  switch scalar {
  case 0..<0x80: text.append(UInt8(truncatingIfNeeded: scalar))
  case 0x80..<0x800:
    text.append(0xC0 | UInt8(truncatingIfNeeded: scalar >> 6))
    text.append(tail(0))
  case 0x800..<0x10000:
    text.append(0xE0 | UInt8(truncatingIfNeeded: scalar >> 12))
    text.append(tail(6))
    text.append(tail(0))
  default:
    text.append(0xF0 | UInt8(truncatingIfNeeded: scalar >> 18))
    text.append(tail(12))
    text.append(tail(6))
    text.append(tail(0))
  }
}
