import Foundation

/// Unicode normalisation to a composed form (UAX 15).
package struct UnicodeNormalization: CleaningRule {
  package enum Form: String, CaseIterable, Sendable { case nfc, nfkc }

  private let form: Form

  init(_ form: Form) { self.form = form }

  func mayChange(_ text: [UInt8]) -> Bool {
    let text = text.span
    switch form {
    case .nfkc: return text.first(from: 0) { $0.isIn(0x80...0xFF) } < text.count
    case .nfc:
      var index = 0
      while true {
        // All below U+0300 is composed.
        index = text.first(from: index) { $0.isIn(0xCC...0xFF) }
        guard index < text.count else { return false }
        guard nextScalar(text, &index).isSurelyComposed else { return true }
      }
    }
  }

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    let string = String(decoding: text, as: UTF8.self)
    switch form {
    case .nfc: clean.append(contentsOf: string.precomposedStringWithCanonicalMapping.utf8)
    case .nfkc: clean.append(contentsOf: string.precomposedStringWithCompatibilityMapping.utf8)
    }
  }
}

extension Unicode.Scalar {
  /// Whether composition surely leaves the scalar as it is, whatever stands around it.
  ///
  /// It is true of most letters, and of symbols, but of none that is combined with what is before it.
  var isSurelyComposed: Bool {
    switch value {
    case ..<0x300, 0x370...0x373, 0x375...0x37D, 0x37F...0x386, 0x388...0x482, 0x48A...0x590,
      0x5D0...0x5F4, 0x620...0x64A, 0x1E00...0x1EFF, 0x2002...0x20CF, 0x2100...0x2125,
      0x212C...0x2328, 0x232B...0x2ADB, 0x3000...0x3029, 0x3030...0x3098, 0x309B...0x9FFF,
      0xAC00...0xD7A3, 0xFE00...0xFE0F, 0xFF00...0xFFEF, 0x1F000...0x1FAFF:
      true
    default: false
    }
  }
}
