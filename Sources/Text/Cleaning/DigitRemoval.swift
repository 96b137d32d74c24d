/// Removes the decimal digits of every script (general category Nd).
struct DigitRemoval: CleaningRule {
  private static let digits = ASCIISet { ("0"..."9").contains($0) }

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    replaceScalars(in: text, into: &clean, by: nil, Self.digits) {
      $0.properties.generalCategory == .decimalNumber
    }
  }
}
