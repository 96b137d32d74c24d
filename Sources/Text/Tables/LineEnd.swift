/// Which byte ends the lines of a file: LF, a CR before which is no part of the line, or CR alone.
package enum LineEnd: Sendable {
  case lineFeed, carriageReturn

  var byte: UInt8 { UInt8(ascii: self == .lineFeed ? "\n" : "\r") }
}

/// Finds out from the beginning of a file which byte ends its lines.
///
/// CR does so in a file that has a CR but no LF outside quoted fields in its first mebibyte; in
/// every other file a CR without LF is text.
struct LineEndProbe {
  /// So many bytes tell enough.
  static let enough = 1 << 20

  private let dialect: Dialect
  /// How many bytes were seen.
  private var seen = 0
  private var isAtFieldStart = true
  private var isInQuotes = false
  private var hasCarriageReturn = false
  /// Nil until it is known.
  private(set) var lineEnd: LineEnd?

  init(_ dialect: Dialect) { self.dialect = dialect }

  mutating func look(at chunk: some Sequence<UInt8>) {
    guard lineEnd == nil else { return }
    for byte in chunk {
      seen += 1
      if byte == dialect.quote, isInQuotes || isAtFieldStart {
        // A doubled quote leaves the field and enters it again.
        isInQuotes.toggle()
        isAtFieldStart = true
        continue
      }
      guard !isInQuotes else { continue }
      if byte == UInt8(ascii: "\n") {
        lineEnd = .lineFeed
        return
      }
      hasCarriageReturn = hasCarriageReturn || byte == UInt8(ascii: "\r")
      isAtFieldStart = byte == dialect.delimiter || byte == UInt8(ascii: "\r")
    }
    if seen >= Self.enough { finish() }
  }

  /// Decides by what was seen.
  mutating func finish() {
    lineEnd = lineEnd ?? (hasCarriageReturn ? .carriageReturn : .lineFeed)
  }
}
