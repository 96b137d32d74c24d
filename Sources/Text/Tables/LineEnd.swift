/// Which byte ends the lines of a file: LF (with a CR before it, which is dropped) or CR alone.
package enum LineEnd: Sendable {
  case lineFeed, carriageReturn

  var byte: UInt8 { UInt8(ascii: self == .lineFeed ? "\n" : "\r") }
}

/// Finds out which byte ends the lines of a file from its first mebibyte.
///
/// CR ends them if there is a CR but no LF outside quoted fields; in every other file a CR without LF
/// is text.
struct LineEndProbe {
  /// How many bytes are looked at.
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

  /// Decides from the bytes read, at the end of the file.
  mutating func finish() {
    lineEnd = lineEnd ?? (hasCarriageReturn ? .carriageReturn : .lineFeed)
  }
}
