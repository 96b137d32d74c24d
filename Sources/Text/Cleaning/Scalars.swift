/// The scalar that starts at `index`, and moves behind it; U+FFFD where the text is not UTF-8.
@inline(__always)
func nextScalar(_ text: Span<UInt8>, _ index: inout Int) -> Unicode.Scalar {
  let first = text[index]
  index += 1
  if first < 0x80 { return Unicode.Scalar(first) }
  let length = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3
  var value = UInt32(first) & (0x3F >> UInt32(length))
  for _ in 0..<length {
    guard index < text.count, text[index] & 0xC0 == 0x80 else { return "\u{FFFD}" }
    value = value << 6 | UInt32(text[index] & 0x3F)
    index += 1
  }
  return Unicode.Scalar(value) ?? "\u{FFFD}"
}

/// The scalar that starts at `index`, and moves behind it; U+FFFD where the text is not UTF-8.
@inline(__always)
func nextScalar(_ text: [UInt8], _ index: inout Int) -> Unicode.Scalar {
  nextScalar(text.span, &index)
}

/// A set of ASCII characters, for the fast half of a question about scalars.
struct ASCIISet: Sendable {
  private var bits: (UInt64, UInt64) = (0, 0)

  init(where isMember: (Unicode.Scalar) -> Bool) {
    for byte in UInt8(0)..<0x80 where isMember(Unicode.Scalar(byte)) {
      if byte < 64 { bits.0 |= 1 << UInt64(byte) } else { bits.1 |= 1 << UInt64(byte - 64) }
    }
  }

  /// Whether a byte below 0x80 is in the set.
  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    (byte < 64 ? bits.0 : bits.1) &>> UInt64(byte & 63) & 1 != 0
  }
}

/// Appends `text` without the scalars that go, with `blank`, if any, in place of each.
@inline(__always)
func replaceScalars(
  in text: [UInt8], into clean: inout [UInt8], by blank: UInt8?, _ ascii: ASCIISet,
  orWhere goes: (Unicode.Scalar) -> Bool
) {
  var index = 0
  var run = 0
  while index < text.count {
    let start = index
    if text[index] < 0x80 {
      index += 1
      guard ascii.contains(text[start]) else { continue }
    } else {
      guard goes(nextScalar(text, &index)) else { continue }
    }
    clean.append(contentsOf: text[run..<start])
    if let blank { clean.append(blank) }
    run = index
  }
  clean.append(contentsOf: text[run...])
}

extension Unicode.Scalar {
  /// Whether the scalar has the property White_Space.
  var isWhiteSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      true
    default: false
    }
  }
}
