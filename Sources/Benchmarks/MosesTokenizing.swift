import Cores
import Text

/// Lower-casing, normalizing and tokenizing as Moses does, beside sacremoses.
enum MosesTokenizing {
  static func run() throws {
    let folder = try WorkFolder()
    let byteCount = BenchmarkOptions.current.isQuick ? 1_000_000 : 20_000_000
    var source = MadeUpText(seed: 3)
    let lines = source.lines(byteCount: byteCount)
    // The peer has a tenth of it, as it takes a minute for all.
    try folder.write("lines.txt", lines.prefix(lines.count / 10).joined(separator: "\n"))
    let script = PeerScript(text: "path = \"\(folder.path)/lines.txt\"\n\(sacremoses)")
    let peer = script.numbers([])?.first.map { $0 * 10_000 }
    var options = MosesTokenizer.Options(.english)
    options.lowercases = true
    options.normalizesPunctuation = true
    let tokenizer = try MosesTokenizer(options)
    let bytes = lines.map { Array($0.utf8) }
    for cores in Set([1, availableCores()]).sorted() {
      let times = Measurement.times(7) {
        concurrently((bytes.count + 999) / 1000, cores: cores) { chunk in
          var tokens: [UInt8] = []
          for line in bytes[chunk * 1000..<min(bytes.count, chunk * 1000 + 1000)] {
            tokens.removeAll(keepingCapacity: true)
            tokenizer.tokenize(line.span, into: &tokens)
          }
        }
      }
      Measurement(
        subject: "moses, lower-cased, normalized, tokenized, \(cores) cores", unit: "ms",
        values: times, peer: peer.map { ("sacremoses", $0) },
        amount: (Double(byteCount) / 1e6, "MB")
      ).show()
    }
  }

  private static let sacremoses = """
    import time
    from sacremoses import MosesPunctNormalizer, MosesTokenizer
    lines = open(path, encoding="utf-8").read().split("\\n")
    normalizer, tokenizer = MosesPunctNormalizer("en"), MosesTokenizer("en")
    start = time.perf_counter()
    for line in lines:
        tokenizer.tokenize(normalizer.normalize(line.lower()), return_str=True)
    print(time.perf_counter() - start)
    """
}
