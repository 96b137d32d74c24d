import Diagnostics

/// subword-nmt's codes file: `#version: 0.2`, then `left right` a line.
extension Merges {
  /// No symbol of a real file comes near this many bytes.
  static let longestLine = 10_000
  private static let versionMark = Array("#version:".utf8)

  /// The file's bytes.
  package var codes: [UInt8] {
    var bytes: [UInt8] = []
    if version == .gluedWordEnd {
      bytes += Self.versionMark + Array(" 0.2\n".utf8)
    } else if let first = merges.first,
      first.left.starts(with: Self.versionMark) || first.right.last == UInt8(ascii: "\r")
    {
      bytes += Self.versionMark + Array(" 0.1\n".utf8)
    }
    for merge in merges {
      bytes += merge.left
      bytes.append(UInt8(ascii: " "))
      bytes += merge.right
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// Reads a codes file of version 0.1 (which may lack its first line) or 0.2.
  ///
  /// - Throws: at the first line that is not two symbols, and for other versions.
  package init(codes: Span<UInt8>, file: String) throws(Diagnostic) {
    self.init([], version: .separateWordEnd)
    var number = 0
    var start = 0
    var endsInReturns = false
    while start < codes.count {
      number += 1
      var end = start
      while end < codes.count, codes[end] != UInt8(ascii: "\n") { end += 1 }
      let hasReturn = end > start && codes[end - 1] == UInt8(ascii: "\r")
      // A symbol may end in CR, but then not the first line of the file.
      if number == 1 { endsInReturns = hasReturn }
      let lineEnd = endsInReturns && hasReturn ? end - 1 : end
      let place = Place(file: file, line: number)
      try append(codes.extracting(start..<lineEnd), at: place)
      start = end + 1
    }
  }

  /// Reads one line; a blank one says nothing.
  private mutating func append(
    _ line: Span<UInt8>, at place: Place
  ) throws(Diagnostic) {
    guard line.count <= Self.longestLine else { throw Diagnostic(.mergeTooLong, at: place) }
    var bytes: [UInt8] = []
    for index in line.edges { bytes.append(line[index]) }
    if bytes.isEmpty { return }
    if place.line == 1, bytes.starts(with: Self.versionMark) {
      version = try Self.version(of: bytes, at: place)
      return
    }
    let symbols = bytes.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard symbols.count == 2 else {
      throw Diagnostic(.notAMerge(String(decoding: bytes, as: UTF8.self)), at: place)
    }
    merges.append(Merge(left: Array(symbols[0]), right: Array(symbols[1])))
  }

  private static func version(of line: [UInt8], at place: Place) throws(Diagnostic) -> Version {
    let text = String(decoding: line.dropFirst(versionMark.count), as: UTF8.self)
    var parts = text.split { $0 == " " || $0 == "\t" }.last?.split(separator: ".") ?? []
    while let last = parts.last, last.allSatisfy({ $0 == "0" }), parts.count > 2 {
      parts.removeLast()
    }
    switch parts {
    case ["0", "1"]: return .separateWordEnd
    case ["0", "2"]: return .gluedWordEnd
    default: throw Diagnostic(.unknownCodesVersion(text), at: place)
    }
  }

}

extension Diagnostic.Message {
  static let mergeTooLong = Self(
    "a merge of more than 10,000 bytes", remedy: "give a codes file of subword-nmt or learn-bpe")

  static func notAMerge(_ line: String) -> Self {
    Self(
      "'\(line.prefix(80))' is not two symbols with one space between",
      remedy: "give a codes file of subword-nmt or learn-bpe")
  }

  static func unknownCodesVersion(_ version: String) -> Self {
    Self(
      "unknown codes version '\(version.prefix(80))'", remedy: "versions 0.1 and 0.2 can be read")
  }
}
