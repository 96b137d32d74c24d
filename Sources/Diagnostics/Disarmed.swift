extension Unicode.Scalar {
  /// Whether a terminal or a page would obey it and not show it.
  ///
  /// Control characters, and those that turn the direction of the text around them. The terminal, the
  /// page and JSON neutralise these and no others.
  package var isObeyed: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension String {
  /// The text with U+FFFD for what would be obeyed; line ends and tabs stay.
  package var disarmed: String {
    guard unicodeScalars.contains(where: \.needsDisarming) else { return self }
    return String(UnicodeScalarView(unicodeScalars.map { $0.needsDisarming ? "\u{FFFD}" : $0 }))
  }
}

extension Unicode.Scalar {
  fileprivate var needsDisarming: Bool { isObeyed && self != "\n" && self != "\t" }
}
