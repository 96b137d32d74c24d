extension Unicode.Scalar {
  /// The general category that the scalar had in Unicode 8, whose tables BERT's tokenizers have.
  ///
  /// Later scalars were unassigned. Six of the older ones have been moved to another category since.
  var formerCategory: Unicode.GeneralCategory {
    switch value {
    case 0x166D, 0x111C9: return .otherPunctuation
    case 0x1734, 0x1171E: return .nonspacingMark
    case 0x1885, 0x1886: return .otherLetter
    case 0xA9BD: return .spacingMark
    default: return isInUnicode8 ? properties.generalCategory : .unassigned
    }
  }

  /// Whether Unicode 8 had the scalar.
  var isInUnicode8: Bool { properties.age.map { $0.major <= 8 } ?? false }
}
