import Diagnostics

/// A file format that is not text, recognised by its first bytes.
enum ForeignFormat: String, CaseIterable {
  case xz, bzip2, zstd, lz4
  case sevenZip = "7z"
  case excel = "Excel"
  case oldExcel = "old Excel"
  case openDocument = "OpenDocument"
  case word = "Word"
  case numpyArchive = "NumPy archive"
  case zip
  case pdf = "PDF"
  case parquet = "Parquet"
  case arrow = "Arrow"
  case arrowStream = "Arrow stream"
  case numpy = "NumPy"
  case pickle
  case hdf5 = "HDF5"
  case sqlite = "SQLite"
  case stata = "Stata"
  case tar

  init?(_ bytes: ArraySlice<UInt8>) {
    let found = Self.allCases.first { format in
      let (offset, mark) = format.mark
      return bytes.dropFirst(offset).starts(with: mark) && format.fits(bytes)
    }
    guard let found else { return nil }
    self = found
  }

  /// The bytes that files of the format have in one place.
  private var mark: (offset: Int, bytes: [UInt8]) {
    switch self {
    case .xz: (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00])
    case .bzip2: (4, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
    case .zstd: (0, [0x28, 0xB5, 0x2F, 0xFD])
    case .lz4: (0, [0x04, 0x22, 0x4D, 0x18])
    case .sevenZip: (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C])
    case .excel, .word, .numpyArchive, .openDocument, .zip: (0, [0x50, 0x4B, 0x03, 0x04])
    case .oldExcel: (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    case .pdf: (0, Array("%PDF-1.".utf8))
    case .parquet: (0, Array("PAR1".utf8) + [0x15])
    case .arrow: (0, Array("ARROW1".utf8) + [0, 0])
    case .arrowStream: (0, [0xFF, 0xFF, 0xFF, 0xFF])
    case .numpy: (0, [0x93] + Array("NUMPY".utf8))
    case .pickle: (0, [0x80])
    case .hdf5: (0, [0x89] + Array("HDF\r\n".utf8))
    case .sqlite: (0, Array("SQLite format 3\0".utf8))
    case .stata: (0, Array("<stata_dta>".utf8))
    case .tar: (257, Array("ustar".utf8))
    }
  }

  /// Whether bytes that have the mark are of this format and no other that shares it.
  private func fits(_ bytes: ArraySlice<UInt8>) -> Bool {
    /// The name of a zip archive's first file, which begins at its 31st byte.
    func begins(_ name: String) -> Bool { bytes.dropFirst(30).starts(with: name.utf8) }
    func holds(_ text: String) -> Bool { bytes.firstRange(of: Array(text.utf8)) != nil }
    // Version, flags and a date of 1980, as Microsoft's programs write them.
    let isMicrosofts = bytes.dropFirst(4).starts(with: [0x14, 0, 6, 0, 8, 0, 0, 0, 0x21, 0])
    let isOffice =
      isMicrosofts || begins("[Content_Types].xml") || begins("_rels/") || begins("docProps/")
    switch self {
    case .word: return begins("word/") || isOffice && holds("word/") && !holds("xl/")
    case .excel: return begins("xl/") || isOffice && !holds("word/")
    case .openDocument: return begins("mimetypeapplication/vnd.oasis.opendocument")
    case .numpyArchive:
      let length = bytes.dropFirst(26).first.map(Int.init) ?? 0
      return bytes.dropFirst(30).prefix(length).elementsEqual("npy".utf8)
        || bytes.dropFirst(30).prefix(length).suffix(4).elementsEqual(".npy".utf8)
    // A length follows, of less than 64 KB in multiples of 8.
    case .arrowStream:
      let length = Array(bytes.dropFirst(4).prefix(4))
      return length.count == 4 && length[0] % 8 == 0 && length[2] == 0 && length[3] == 0
    // Protocols 2 to 5: no text in any encoding begins like this.
    case .pickle: return bytes.dropFirst().first.map { (2...5).contains($0) } ?? false
    default: return true
    }
  }

  /// What turns the file into text, as typed in a shell.
  fileprivate func remedy(for file: String) -> String {
    let name = ShellWord.quoted(file)
    return switch self {
    case .xz: "decompress it: xz -dk \(name)"
    case .bzip2: "decompress it: bzip2 -dk \(name)"
    case .zstd: "decompress it: zstd -d \(name)"
    case .lz4: "decompress it: lz4 -dk \(name)"
    case .sevenZip: "take the file out of the archive: 7z x \(name)"
    case .zip: "take the file out of the archive: unzip \(name)"
    case .tar: "take the file out of the archive: tar xf \(name)"
    case .excel, .oldExcel: pandas("read_excel", file)
    case .openDocument: "write it as CSV: soffice --headless --convert-to csv \(name)"
    case .word: "write it as text: soffice --headless --convert-to txt \(name)"
    case .pdf: "write it as text: pdftotext \(name)"
    case .parquet: pandas("read_parquet", file)
    case .arrow: pandas("read_feather", file)
    case .arrowStream:
      python("import datasets; datasets.Dataset.from_file('%')", ".to_csv('%.csv')", file)
    case .numpy, .numpyArchive:
      python(
        "import numpy, pandas; a = numpy.load('%', allow_pickle=True)",
        "; pandas.DataFrame(a).to_csv('%.csv')", file)
    case .pickle: pandas("read_pickle", file)
    case .hdf5: pandas("read_hdf", file)
    case .stata: pandas("read_stata", file)
    case .sqlite:
      "write a table as CSV: sqlite3 -header -csv \(name) 'select * from TABLE' > rows.csv"
    }
  }

  private func pandas(_ reader: String, _ file: String) -> String {
    python("import pandas; pandas.\(reader)('%')", ".to_csv('%.csv', index=False)", file)
  }

  /// A command of Python that writes CSV beside the file, whose name stands for each `%`.
  private func python(_ reading: String, _ writing: String, _ file: String) -> String {
    let isPlain = !file.contains { "'\"\\$`!%".contains($0) }
    let (source, target) = isPlain ? (file, Self.withoutEnding(file)) : ("FILE", "rows")
    return "write its rows as CSV: python3 -c \"\(reading.replacing("%", with: source))"
      + "\(writing.replacing("%", with: target))\""
  }

  private static func withoutEnding(_ file: String) -> String {
    guard let dot = file.lastIndex(of: "."), dot != file.startIndex,
      file[dot...].allSatisfy({ $0 != "/" })
    else { return file }
    return String(file[..<dot])
  }
}

/// A text format without delimited columns, such as JSON.
enum ForeignText {
  case json, jsonLines, fastText, html

  init?(_ bytes: ArraySlice<UInt8>) {
    let start = bytes.drop { $0 <= 0x20 }
    let line = String(
      decoding: start.prefix(64 << 10).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    let text = line.withoutEdgeBlanks
    let compact = String(text.prefix(200).filter { !$0.isWhitespace })
    if text == "{" || text == "[" || compact.hasPrefix("[{\"") || compact.hasPrefix("[[\"") {
      self = .json
    } else if compact.hasPrefix("{\"") && (text.hasSuffix("}") || text.hasSuffix("},")) {
      self = .jsonLines
    } else if text.hasPrefix("__label__") {
      self = .fastText
    } else if compact.lowercased().hasPrefix("<!doctypehtml") {
      self = .html
    } else {
      return nil
    }
  }
}

extension Diagnostic.Message {
  static func foreign(_ format: ForeignFormat, file: String) -> Self {
    let article = format.rawValue.first.map { "aeioxAEIOHS".contains($0) } ?? false
    return Self(
      "this is \(article ? "an" : "a") \(format.rawValue) file, not text",
      remedy: format.remedy(for: file))
  }

  static func foreign(_ text: ForeignText) -> Self {
    switch text {
    case .json:
      Self("this is JSON, which has no delimited columns", remedy: "set format = \"json\"")
    case .jsonLines:
      Self("this is JSON Lines, which has no delimited columns", remedy: "set format = \"json\"")
    case .fastText:
      Self(
        "these are lines with __label__, as fastText has them, without columns",
        remedy: "set format = \"fasttext\"")
    case .html:
      Self(
        "this is HTML, which has no delimited columns", remedy: "write its rows as CSV or TSV first"
      )
    }
  }
}
