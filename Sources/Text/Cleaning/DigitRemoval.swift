/// Takes away the decimal digits of every script (general category Nd).
struct DigitRemoval: CleaningRule {
  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    replaceScalars(in: text, into: &clean, by: nil) { scalar in
      scalar.isASCII
        ? ("0"..."9").contains(scalar) : scalar.properties.generalCategory == .decimalNumber
    }
  }
}
