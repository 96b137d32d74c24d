import Diagnostics

/// A file format that is not text, recognised by its first bytes.
enum ForeignFormat: String, CaseIterable {
  case xz, bzip2, zstd
  case sevenZip = "7z"
  case zip = "zip or Excel"
  case excel = "old Excel"
  case pdf = "PDF"
  case parquet = "Parquet"
  case arrow = "Arrow"
  case numpy = "NumPy"
  case hdf5 = "HDF5"
  case sqlite = "SQLite"
  case tar

  init?(_ bytes: ArraySlice<UInt8>) {
    let found = Self.allCases.first { format in
      let (offset, mark) = format.mark
      return bytes.dropFirst(offset).starts(with: mark)
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
    case .sevenZip: (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C])
    case .zip: (0, [0x50, 0x4B, 0x03, 0x04])
    case .excel: (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    case .pdf: (0, Array("%PDF-1.".utf8))
    case .parquet: (0, Array("PAR1".utf8) + [0x15])
    case .arrow: (0, Array("ARROW1".utf8) + [0, 0])
    case .numpy: (0, [0x93] + Array("NUMPY".utf8))
    case .hdf5: (0, [0x89] + Array("HDF\r\n".utf8))
    case .sqlite: (0, Array("SQLite format 3\0".utf8))
    case .tar: (257, Array("ustar".utf8))
    }
  }

  fileprivate var remedy: String {
    switch self {
    case .xz, .bzip2, .zstd: "decompress it first: only gzip is read as it is"
    case .sevenZip, .tar: "take the file out of the archive first"
    case .zip, .excel: "take the file out of the archive, or save the sheet as CSV"
    case .pdf, .parquet, .arrow, .numpy, .hdf5, .sqlite: "write its rows as CSV or TSV first"
    }
  }
}

/// A text format without columns, such as JSON.
enum ForeignText: String {
  case json = "JSON"
  case jsonLines = "JSON Lines"
  case html = "HTML"

  init?(_ bytes: ArraySlice<UInt8>) {
    let start = bytes.drop { $0 <= 0x20 }
    let line = String(
      decoding: start.prefix(64 << 10).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    let text = line.withoutEdgeBlanks
    let compact = String(text.prefix(200).filter { !$0.isWhitespace })
    if text == "{" || text == "[" || compact.hasPrefix("[{\"") {
      self = .json
    } else if compact.hasPrefix("{\"") && (text.hasSuffix("}") || text.hasSuffix("},")) {
      self = .jsonLines
    } else if compact.lowercased().hasPrefix("<!doctypehtml") {
      self = .html
    } else {
      return nil
    }
  }
}

extension Diagnostic.Message {
  static func foreign(_ format: ForeignFormat) -> Self {
    let article = format.rawValue.first.map { "aeioxAEIOHS".contains($0) } ?? false
    return Self(
      "this is \(article ? "an" : "a") \(format.rawValue) file, not text", remedy: format.remedy)
  }

  static func foreign(_ text: ForeignText) -> Self {
    Self(
      "this is \(text.rawValue), which has no columns",
      remedy: "write its rows as CSV or TSV first")
  }
}
