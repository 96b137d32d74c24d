import Diagnostics
import Files
import Formats
import Text

extension HostileFormat {
  /// Vectors of words, as text and in word2vec's binary form.
  static let vectors = HostileFormat(
    "vectors",
    words: ["2 2\n", "9223372036854775807 65536\n", " ", "\t", "\n", "\r\n", "1e39", "nan"]
  ) { bytes throws(Violation) in
    try FileOfBytes.with(bytes, "vectors") { path throws(Violation) in
      var numbers: [[UInt8]: Int] = [:]
      let vectors: WordVectors?
      do throws(Diagnostic) {
        vectors = try WordVectors(
          reading: path,
          numbering: { word in
            let word = word.indices.map { word[$0] }
            numbers[word] = numbers[word] ?? numbers.count
            return numbers[word]
          }, unless: { false })
      } catch {
        try require("\(error)".contains(path), "no file: \(error)")
        return false
      }
      guard let vectors else { throw Violation("it stopped") }
      try require(vectors.count == numbers.count, "\(vectors.count) of \(numbers.count) words")
      for number in 0..<numbers.count {
        let vector = vectors[number] ?? []
        try require(
          vector.count == vectors.width && vector.allSatisfy(\.isFinite), "vector \(vector)")
      }
      return true
    }
  }

  /// Packed files, which may hold anything: read whole and in small pieces, up to a limit.
  static let gzip = HostileFormat(
    "gzip", words: ["\u{1F}\u{8B}\u{8}\0", "\0\0\0\0", "\u{3}\0"]
  ) { bytes throws(Violation) in
    try FileOfBytes.with(bytes, "gzip") { path throws(Violation) in
      func contents(by limit: Int) throws(Diagnostic) -> [UInt8] {
        var file = try InputFile(path)
        var bytes: [UInt8] = []
        while try file.read(into: &bytes, atMost: limit) > 0, bytes.count < 1 << 20 {}
        return Array(bytes.prefix(1 << 20))
      }
      return try agree("large and small reads") { () throws(Diagnostic) in
        try contents(by: 1 << 18)
      } _: { () throws(Diagnostic) in
        try contents(by: 1 + bytes.count % 4099)
      } != nil
    }
  }

  /// Named tensors, mapped and read.
  static let safetensors = HostileFormat(
    "safetensors",
    words: [
      "\"dtype\":", "\"shape\":", "\"data_offsets\":", "\"__metadata__\":", "F32", "BF16", "I64",
      "BOOL", "[0,0]", "[]", "[2,0]", "9223372036854775807", "4611686018427387904", "-1", "{", "}",
    ]
  ) { bytes throws(Violation) in
    try FileOfBytes.with(bytes, "safetensors") { path throws(Violation) in
      func tensors(_ file: SafetensorsFile) throws(Diagnostic) -> [Tensor] {
        try file.entries.map { entry throws(Diagnostic) in
          Tensor(entry, try file.withBytes(entry) { bytes in bytes.indices.map { bytes[$0] } })
        }
      }
      let read = try agree("mapped and read") { () throws(Diagnostic) in
        try tensors(SafetensorsFile(path: path))
      } _: { () throws(Diagnostic) in
        try tensors(SafetensorsFile(reading: path))
      }
      guard let read else { return false }
      let writer = SafetensorsWriter(
        read.map { .init($0.name, $0.elementType, shape: $0.shape) })
      let copy = try rereading("a copy") { () throws(Diagnostic) in
        try OutputFile.write("\(path)-copy", isOurs: true) { (file) throws(Diagnostic) in
          try writer.write(into: &file) { (declaration, file) throws(Diagnostic) in
            try file.write(read.first { $0.name == declaration.name }?.bytes ?? [])
          }
        }
        return try tensors(SafetensorsFile(path: "\(path)-copy"))
      }
      try require(Set(copy) == Set(read), "\(read) and \(copy)")
      return true
    }
  }

  private struct Tensor: Hashable {
    let name: String
    let elementType: ElementType
    let shape: [Int]
    let bytes: [UInt8]

    init(_ entry: TensorEntry, _ bytes: [UInt8]) {
      (name, elementType, shape) = (entry.name, entry.elementType, entry.shape)
      self.bytes = bytes
    }
  }
}
