import Foundation

/// Unicode normalisation to a composed form (UAX 15).
package struct UnicodeNormalization: CleaningRule {
  package enum Form: String, CaseIterable, Sendable { case nfc, nfkc }

  private let form: Form

  init(_ form: Form) { self.form = form }

  /// False for ASCII, and with NFC for all below U+0300 (bytes below 0xCC), which is composed.
  func mayChange(_ text: [UInt8]) -> Bool {
    var largest: UInt8 = 0
    for byte in text { largest = max(largest, byte) }
    return largest >= (form == .nfc ? 0xCC : 0x80)
  }

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    let string = String(decoding: text, as: UTF8.self)
    switch form {
    case .nfc: clean.append(contentsOf: string.precomposedStringWithCanonicalMapping.utf8)
    case .nfkc: clean.append(contentsOf: string.precomposedStringWithCompatibilityMapping.utf8)
    }
  }
}
