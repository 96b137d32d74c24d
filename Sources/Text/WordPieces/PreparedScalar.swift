import Foundation

/// What one scalar of a text becomes before words are cut into pieces.
///
/// Each scalar is prepared by itself; the four steps are those of BERT's normalizer, in its order.
struct PreparedScalar: Sendable {
  /// What the result is to the words around it.
  enum Role: UInt8, Sendable {
    /// It goes, and what stands on both sides is joined.
    case dropped
    /// It separates words.
    case blank
    case inWord
    /// It is a word.
    case alone
  }

  let role: Role
  /// How many scalars, and how many bytes of UTF-8, it becomes.
  let scalarCount: Int
  private(set) var byteCount = 0
  /// UTF-8; no scalar becomes more than three of four bytes each.
  private var bytes = SIMD16<UInt8>()

  init(_ scalar: Unicode.Scalar, _ rules: WordPieceRules) {
    var result: [Unicode.Scalar] = []
    if !rules.cleans || !Self.isCleanedAway(scalar) {
      result = rules.stripsAccents ?? rules.lowercases ? Self.withoutMarks(scalar) : [scalar]
      if rules.lowercases {
        result = result.flatMap { Array($0.properties.lowercaseMapping.unicodeScalars) }
      }
    }
    role = Self.role(of: result, isIdeograph: rules.separatesIdeographs && Self.isIdeograph(scalar))
    scalarCount = result.count
    var utf8: [UInt8] = []
    for scalar in result { appendUTF8(scalar.value, to: &utf8) }
    for byte in utf8.prefix(bytes.scalarCount) {
      bytes[byteCount] = byte
      byteCount += 1
    }
  }

  @inline(__always)
  func append(to word: inout [UInt8]) {
    for index in 0..<byteCount { word.append(bytes[index]) }
  }

  private static func role(of result: [Unicode.Scalar], isIdeograph: Bool) -> Role {
    guard let first = result.first else { return .dropped }
    guard result.count == 1 else { return isIdeograph ? .alone : .inWord }
    if first.isWhiteSpace { return .blank }
    return isIdeograph || isPunctuation(first) ? .alone : .inWord
  }

  private static func isCleanedAway(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\t", "\n", "\r": return false
    case "\0", "\u{FFFD}": return true
    default:
      return [.control, .format, .privateUse].contains(scalar.formerCategory)
    }
  }

  /// The canonical decomposition without nonspacing marks.
  private static func withoutMarks(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    if scalar.value < 0xC0 || !scalar.isInUnicode8 { return [scalar] }
    return String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars
      .filter { $0.formerCategory != .nonspacingMark }
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 33...47, 58...64, 91...96, 123...126: return true
    default: break
    }
    switch scalar.formerCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      return true
    default: return false
    }
  }

  /// The blocks that BERT takes for Chinese, as Hugging Face's tokenizers have them.
  private static let ideographs: [ClosedRange<UInt32>] = [
    0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x2_0000...0x2_A6DF, 0x2_A700...0x2_B81F,
    0x2_B920...0x2_CEAF, 0x2_F800...0x2_FA1F,
  ]

  private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x3400 && ideographs.contains { $0.contains(scalar.value) }
  }
}

/// The preparation of scalars that have been seen, for one thread.
struct PreparedScalars: Sendable {
  /// Scalars that are equal in their last bits take each other's place.
  private static let slotCount = 4096

  private let rules: WordPieceRules
  private let ascii: [PreparedScalar]
  private var keys: [UInt32] = []
  private var slots: [PreparedScalar] = []

  init(_ rules: WordPieceRules) {
    self.rules = rules
    ascii = (0..<0x80).map { PreparedScalar(Unicode.Scalar($0), rules) }
  }

  /// What a unit of `ScalarText` becomes; a stray byte goes.
  subscript(unit: UInt32) -> PreparedScalar {
    @inline(__always) mutating get { unit < 0x80 ? ascii[Int(unit)] : beyondASCII(unit) }
  }

  private mutating func beyondASCII(_ unit: UInt32) -> PreparedScalar {
    if keys.isEmpty {
      keys = Array(repeating: 0, count: Self.slotCount)
      slots = Array(repeating: ascii[0], count: Self.slotCount)
    }
    let slot = Int(unit) % Self.slotCount
    if keys[slot] != unit {
      keys[slot] = unit
      slots[slot] = PreparedScalar(Unicode.Scalar(unit) ?? "\u{FFFD}", rules)
    }
    return slots[slot]
  }
}
