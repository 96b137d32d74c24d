import Diagnostics

/// Merges as other programs than subword-nmt write them.
extension Merges {
  /// Whether every symbol ends words with `</w>`, if any does; else they are marked otherwise.
  private var marksWordEnds: Bool {
    merges.contains { $0.left.ends(with: Self.wordEnd) || $0.right.ends(with: Self.wordEnd) }
  }

  /// Reads fastBPE's codes: `left right count` a line, the most frequent pair first.
  ///
  /// - Throws: at the first line that is not two symbols and a count.
  package init(fastBPECodes codes: Span<UInt8>, file: String) throws(Diagnostic) {
    self.init([])
    var number = 0
    var start = 0
    while start < codes.count {
      number += 1
      var line: [UInt8] = []
      while start < codes.count, codes[start] != UInt8(ascii: "\n") {
        line.append(codes[start])
        start += 1
      }
      start += 1
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      if line.isEmpty { continue }
      guard line.count <= Self.longestLine else {
        throw Diagnostic(.mergeTooLong, at: Place(file: file, line: number))
      }
      let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
      guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty, !parts[2].isEmpty,
        parts[2].allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
      else {
        throw Diagnostic(
          .notACountedMerge(String(decoding: line, as: UTF8.self)),
          at: Place(file: file, line: number))
      }
      merges.append(Merge(left: Array(parts[0]), right: Array(parts[1])))
    }
  }

  /// Reads merges.txt of Hugging Face's tokenizers, where ends of words are marked `</w>`.
  ///
  /// - Throws: also for merges of bytes, which mark the beginnings of words instead.
  package init(huggingFaceLines lines: Span<UInt8>, file: String) throws(Diagnostic) {
    // Its first line names the program behind the version.
    var start = 0
    if lines.count > 0, lines[0] == UInt8(ascii: "#") {
      while start < lines.count, lines[start] != UInt8(ascii: "\n") { start += 1 }
    }
    try self.init(codes: lines.extracting(start...), file: file)
    version = .gluedWordEnd
    try requireWordEnds(file: file)
  }

  /// Throws unless ends of words are marked as this program marks them.
  package func requireWordEnds(file: String) throws(Diagnostic) {
    guard merges.isEmpty || marksWordEnds else { throw Diagnostic(.noWordEnds(file)) }
  }
}

extension [UInt8] {
  fileprivate func ends(with end: [UInt8]) -> Bool { suffix(end.count).elementsEqual(end) }
}

extension Diagnostic.Message {
  fileprivate static func notACountedMerge(_ line: String) -> Self {
    Self(
      "'\(line.prefix(80))' is not two symbols and a count with one space between",
      remedy: "give fastBPE's codes, or say format = \"subword-nmt\"")
  }

  fileprivate static func noWordEnds(_ file: String) -> Self {
    Self(
      "the merges of '\(file)' mark no ends of words with </w>",
      remedy: "merges of bytes, which mark the beginnings of words, cannot be used")
  }
}
