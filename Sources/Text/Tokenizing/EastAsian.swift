/// The blocks of Chinese, Japanese and Korean, whose words are joined without spaces.
enum EastAsian {
  private static let blocks: [ClosedRange<UInt32>] = [
    0x1100...0x11FF, 0x2E80...0xA4CF, 0xA840...0xA87F, 0xAC00...0xD7AF, 0xF900...0xFAFF,
    0xFE30...0xFE4F, 0xFF65...0xFFDC, 0x2_0000...0x2_FFFF,
  ]

  static func contains(_ scalar: UInt32) -> Bool {
    scalar >= 0x1100 && blocks.contains { $0.contains(scalar) }
  }
}
