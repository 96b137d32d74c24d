/// A writing system, by the blocks of Unicode that hold its letters.
enum Script: String, CaseIterable, Sendable {
  case latin = "Latin"
  case greek = "Greek"
  case cyrillic = "Cyrillic"
  case armenian = "Armenian"
  case georgian = "Georgian"
  case hebrew = "Hebrew"
  case arabic = "Arabic"
  case devanagari = "Devanagari"
  case bengali = "Bengali"
  case tamil = "Tamil"
  case thai = "Thai"
  case hangul = "Hangul"
  case hiragana = "Hiragana"
  case katakana = "Katakana"
  case han = "Han"
  case other = "other letters"

  /// The script of a letter; nil for digits, punctuation, symbols, and marks that any script has.
  init?(of scalar: Unicode.Scalar) {
    guard scalar.properties.isAlphabetic else { return nil }
    self = Self.allCases.first { $0.blocks.contains { $0.contains(scalar.value) } } ?? .other
  }

  private var blocks: [ClosedRange<UInt32>] {
    switch self {
    case .latin:
      [
        0x41...0x2AF, 0x1E00...0x1EFF, 0x2C60...0x2C7F, 0xA720...0xA7FF, 0xFB00...0xFB06,
        0xFF21...0xFF5A,
      ]
    case .greek: [0x370...0x3FF, 0x1F00...0x1FFF]
    case .cyrillic: [0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F]
    case .armenian: [0x530...0x58F, 0xFB13...0xFB17]
    case .georgian: [0x10A0...0x10FF, 0x1C90...0x1CBF, 0x2D00...0x2D2F]
    case .hebrew: [0x590...0x5FF, 0xFB1D...0xFB4F]
    case .arabic: [0x600...0x6FF, 0x750...0x77F, 0x8A0...0x8FF, 0xFB50...0xFDFF, 0xFE70...0xFEFF]
    case .devanagari: [0x900...0x97F, 0xA8E0...0xA8FF]
    case .bengali: [0x980...0x9FF]
    case .tamil: [0xB80...0xBFF]
    case .thai: [0xE00...0xE7F]
    case .hangul: [0x1100...0x11FF, 0x3130...0x318F, 0xA960...0xA97F, 0xAC00...0xD7FF]
    case .hiragana: [0x3041...0x309F]
    case .katakana: [0x30A0...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F]
    case .han:
      [
        0x2E80...0x2FDF, 0x3005...0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
        0x20000...0x323AF,
      ]
    case .other: []
    }
  }
}
