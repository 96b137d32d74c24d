import Diagnostics
import Text

extension HostileFormat {
  /// Lines with `__label__`; the first byte says what is done about several.
  static let fastText = HostileFormat(
    "fasttext", words: ["__label__", "__label__a ", " ", "\t", "\n", "\r\n", "\r"]
  ) { bytes throws(Violation) in
    let how = bytes.first ?? 0
    func rows(step: Int) throws(Diagnostic) -> Rows {
      let severalLabels = SeveralLabels.allCases[Int(how) % SeveralLabels.allCases.count]
      var reader = FastTextReader(
        decoded(bytes.dropFirst(), step: step), file: "f",
        prefix: how & 64 == 0 ? "__label__" : "", severalLabels: severalLabels)
      var rows = Rows()
      while let batch = try reader.next() { rows.append(batch) }
      rows.skipped = reader.skipped.count
      return rows
    }
    return try agree("whole and cut") { () throws(Diagnostic) in
      try rows(step: .max)
    } _: {
      () throws(Diagnostic) in
      try rows(step: 1 + Int(how) % 7)
    } != nil
  }

  /// Lines of two files that belong together, which the first NUL parts, with IWSLT's mark-up.
  static let markup = HostileFormat(
    "markup",
    words: [
      "<seg id=\"", "<seg id=\"1\">", "</seg>", "<url>", "<title>", "</title>", "<description>",
      "<talkid>", "<keywords>", "’", "\n", "\r\n", " ", "\t", "\u{2028}", "\0",
    ]
  ) { bytes throws(Violation) in
    let how = bytes.first ?? 0
    let markup = LineMarkup.allCases[Int(how) % LineMarkup.allCases.count]
    let files = bytes.dropFirst().split(
      separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    func rows(step: Int) throws(Diagnostic) -> Rows {
      let readers = files.map {
        LineReader(decoded($0, step: step), file: "f", markup: markup)
      }
      let reader = ParallelReader(readers, files: files.indices.map { "f\($0)" })
      var rows = Rows()
      while let batch = try reader.next() { rows.append(batch) }
      return rows
    }
    return try agree("whole and cut") { () throws(Diagnostic) in
      try rows(step: .max)
    } _: {
      () throws(Diagnostic) in
      try rows(step: 1 + Int(how) % 7)
    } != nil
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>, step: Int) -> Decoder<ByteChunks> {
    Decoder(ByteChunks(Array(bytes), step: step), file: "f", invalid: .replace)
  }

  /// The names of classes, one a line.
  static let classNames = HostileFormat(
    "class-names", words: ["\n", "\n\n", "\r\n", "\r", " ", "\u{FEFF}", "é", "\u{A0}"]
  ) { bytes throws(Violation) in
    let classes: ClassNames
    do throws(Diagnostic) {
      let file = try SideFile(bytes, path: "f", fallback: .windows1252)
      classes = try ClassNames(file, firstNumber: bytes.first.map { Int($0) - 1 })
    } catch {
      try require(error.place?.file == "f", "no place: \(error)")
      return false
    }
    let place = Place(file: "f")
    let first = classes.firstNumber ?? 0
    for label in ["", "\(first)", "\(first + classes.names.count)", "-1", "9223372036854775807"] {
      _ = try? classes.name(of: label, at: place)
    }
    let again = try rereading("names") { () throws(Diagnostic) in
      let file = try SideFile(Array("\(classes.names.joined(separator: "\n"))\n".utf8), path: "f")
      return try ClassNames(file, firstNumber: nil)
    }
    try require(again.names == classes.names, "\(classes.names) and \(again.names)")
    return true
  }
}
