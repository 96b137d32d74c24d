/// What a terminal makes of what is written to it: as much of it as the program needs.
struct Screen {
  let width: Int
  /// All that was written.
  let written: String
  /// Every line at the end, also those that a window would have scrolled away.
  private(set) var lines: [String] = [""]
  /// Lines that were shown and erased again, as often as they were drawn.
  private(set) var erased: [String] = []
  /// Lines that were longer than the screen is wide, so that it broke them.
  private(set) var broken: [String] = []
  /// Sequences that are neither styles nor known here.
  private(set) var unknown: [String] = []
  private var row = 0
  private var column = 0

  init(width: Int, showing text: String) {
    self.width = width
    written = text
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\u{1B}": obey(Self.sequence(from: &rest))
      case "\r": column = 0
      case "\n": feed()
      default: put(scalar)
      }
    }
  }

  /// The text at the end, without the blanks that stand around its lines' words.
  var words: [Substring] { lines.flatMap { $0.split(separator: " ") } }

  /// `[2A` of a control sequence; its introducer has been read.
  private static func sequence(from rest: inout Substring.UnicodeScalarView) -> String {
    var sequence = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      sequence.append(scalar)
      if scalar.properties.isAlphabetic { break }
    }
    return String(sequence)
  }

  private mutating func obey(_ sequence: String) {
    if sequence == "[J" {
      erased += lines[row...].filter { !$0.isEmpty }
      lines = Array(lines[...row])
      lines[row] = ""
      column = 0
    } else if sequence.hasSuffix("A"), let count = Int(sequence.dropFirst().dropLast()) {
      row = max(0, row - count)
    } else if !sequence.hasSuffix("m") {
      unknown.append(sequence)
    }
  }

  private mutating func feed() {
    row += 1
    column = 0
    if row == lines.count { lines.append("") }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    if column == width {
      broken.append(lines[row])
      feed()
    }
    var line = lines[row].unicodeScalars
    let place = line.index(line.startIndex, offsetBy: column, limitedBy: line.endIndex)
    if let place, place < line.endIndex { line.remove(at: place) }
    line.insert(scalar, at: place ?? line.endIndex)
    lines[row] = String(line)
    column += 1
  }
}
