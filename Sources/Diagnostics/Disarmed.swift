extension Unicode.Scalar {
  /// Whether a terminal or a page would obey it instead of showing it.
  ///
  /// These are control characters and those that change the direction of the text around them.
  package var isObeyed: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension String {
  /// The text with U+FFFD in place of such characters; line ends and tabs stay.
  package var disarmed: String {
    guard unicodeScalars.contains(where: \.needsDisarming) else { return self }
    return String(UnicodeScalarView(unicodeScalars.map { $0.needsDisarming ? "\u{FFFD}" : $0 }))
  }
}

extension Unicode.Scalar {
  fileprivate var needsDisarming: Bool { isObeyed && self != "\n" && self != "\t" }
}
