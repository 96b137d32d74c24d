/// Which of the character classes that tokenizers ask about a scalar belongs to.
struct ScalarClass: OptionSet, Sendable {
  let rawValue: UInt16

  /// Unicode's Alphabetic property: letters, letter numbers and many marks.
  static let alphabetic = Self(rawValue: 1 << 0)
  /// Alphabetic or a decimal digit of any script.
  static let alphanumeric = Self(rawValue: 1 << 1)
  /// General category N: digits, letter numbers, fractions, superscripts.
  static let number = Self(rawValue: 1 << 2)
  /// Unicode's Lowercase property.
  static let lowercase = Self(rawValue: 1 << 3)
  /// Unicode's White_Space property.
  static let whitespace = Self(rawValue: 1 << 4)
  /// General category M: combining marks.
  static let mark = Self(rawValue: 1 << 5)
  /// General category Sc.
  static let currency = Self(rawValue: 1 << 6)
  /// `0` to `9`.
  static let asciiDigit = Self(rawValue: 1 << 7)
  /// `a` to `z` and `A` to `Z`.
  static let asciiLetter = Self(rawValue: 1 << 8)
  /// One of `. ! : ? ; ,`.
  static let stop = Self(rawValue: 1 << 9)
  /// One of ``. ' ` , -``, which may stand inside a word.
  static let joint = Self(rawValue: 1 << 10)
  /// General category Cf, such as joiners and the soft hyphen; or no scalar at all.
  static let format = Self(rawValue: 1 << 11)

  /// Whether what the scalar is depends on what stands beside it, or it is not seen.
  var isSpecial: Bool { !isDisjoint(with: [.mark, .format]) }
}

/// The classes of every scalar: a table for those up to U+2100, Unicode's own data for the rest.
struct ScalarClasses: Sendable {
  static let all = ScalarClasses()

  /// The scripts of Europe, Hebrew, those of West and South Asia, and general punctuation.
  private static let tabled: UInt32 = 0x2100
  private let table: [ScalarClass]

  private init() { table = (0..<Self.tabled).map(Self.classes) }

  /// The classes of a unit of `ScalarText`; a stray byte is a format character.
  subscript(unit: UInt32) -> ScalarClass {
    unit < Self.tabled ? table[Int(unit)] : Self.classes(of: unit)
  }

  private static func classes(of unit: UInt32) -> ScalarClass {
    if ScalarText.isStandIn(unit) { return [.alphabetic, .alphanumeric] }
    guard let scalar = Unicode.Scalar(unit) else { return [.format] }
    let properties = scalar.properties
    var classes: ScalarClass = []
    if properties.isAlphabetic { classes.formUnion([.alphabetic, .alphanumeric]) }
    if properties.isLowercase { classes.insert(.lowercase) }
    if properties.isWhitespace { classes.insert(.whitespace) }
    switch properties.generalCategory {
    case .decimalNumber: classes.formUnion([.number, .alphanumeric])
    case .letterNumber, .otherNumber: classes.insert(.number)
    case .nonspacingMark, .spacingMark, .enclosingMark: classes.insert(.mark)
    case .format: classes.insert(.format)
    case .currencySymbol: classes.insert(.currency)
    default: break
    }
    switch scalar {
    case "0"..."9": classes.insert(.asciiDigit)
    case "a"..."z", "A"..."Z": classes.insert(.asciiLetter)
    case ".", ",": classes.formUnion([.stop, .joint])
    case "!", ":", "?", ";": classes.insert(.stop)
    case "'", "`", "-": classes.insert(.joint)
    default: break
    }
    return classes
  }
}
