import Cores
import Text

/// Learning byte-pair merges and cutting words by them, beside Hugging Face tokenizers.
enum SubwordEncoding {
  private static let mergeCount = 10_000

  static func run() throws {
    let folder = try WorkFolder()
    let byteCount = BenchmarkOptions.current.isQuick ? 1_000_000 : 4_000_000
    var source = MadeUpText(seed: 4)
    let lines = source.lines(byteCount: byteCount)
    try folder.write("lines.txt", lines.joined(separator: "\n"))
    let script = PeerScript(text: "path = \"\(folder.path)/lines.txt\"\n\(tokenizers)")
    let bytes = lines.map { Array($0.utf8) }
    let amount = (Double(byteCount) / 1e6, "MB")
    var learner = BPELearner()
    learner.merges = mergeCount
    for cores in Set([1, availableCores()]).sorted() {
      let peer = script.numbers([cores, mergeCount]).flatMap { $0.count == 2 ? $0 : nil }
      var merges = Merges([])
      let learning = Measurement.times(7) {
        let counts = VocabularyCounter.counting(lines: bytes.count, cores: cores) { line, buffer in
          buffer.append(contentsOf: bytes[line])
        }
        merges = learner.learn(counts)
      }
      Measurement(
        subject: "bpe, \(mergeCount) merges learned, \(cores) cores", unit: "ms", values: learning,
        peers: [Peer("tokenizers", peer.map { $0[0] * 1000 })].compactMap(\.self), amount: amount
      ).show()
      let encoder = try BPEEncoder(merges)
      let encoding = Measurement.times(7) {
        concurrently(cores, cores: cores) { part in
          var cache = BPEEncoder.Cache()
          var pieces: [UInt8] = []
          for line in bytes[bytes.count * part / cores..<bytes.count * (part + 1) / cores] {
            pieces.removeAll(keepingCapacity: true)
            encoder.encode(line.span, into: &pieces, cache: &cache)
          }
        }
      }
      Measurement(
        subject: "bpe, applied, \(cores) cores", unit: "ms", values: encoding,
        peers: [Peer("tokenizers", peer.map { $0[1] * 1000 })].compactMap(\.self), amount: amount
      ).show()
    }
  }

  private static let tokenizers = """
    import os, sys, time
    os.environ["RAYON_NUM_THREADS"] = sys.argv[1]
    os.environ["TOKENIZERS_PARALLELISM"] = "true" if int(sys.argv[1]) > 1 else "false"
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    lines = open(path, encoding="utf-8").read().split("\\n")
    tokenizer = Tokenizer(models.BPE(end_of_word_suffix="</w>", unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = trainers.BpeTrainer(
        vocab_size=int(sys.argv[2]) + 100, end_of_word_suffix="</w>", special_tokens=["<unk>"],
        show_progress=False)
    start = time.perf_counter()
    tokenizer.train_from_iterator(lines, trainer)
    print(time.perf_counter() - start)
    start = time.perf_counter()
    tokenizer.encode_batch(lines)
    print(time.perf_counter() - start)
    """
}
