import Metrics

/// BLEU and chrF of many segments, beside sacreBLEU.
enum TranslationScores {
  static func run() throws {
    let folder = try WorkFolder()
    let count = BenchmarkOptions.current.isQuick ? 2_000 : 100_000
    var (text, source) = (MadeUpText(seed: 5), ZipfSource(seed: 6))
    let references = (0..<count).map { _ in text.sentence(of: 8 + source.draw(below: 13)) }
    // Three words of four are as in the reference.
    let hypotheses = references.map { reference in
      reference.split(separator: " ").map { source.draw() < 0.75 ? String($0) : "na" }
        .joined(separator: " ")
    }
    try folder.write("hypotheses.txt", hypotheses.joined(separator: "\n"))
    try folder.write("references.txt", references.joined(separator: "\n"))
    let script = PeerScript(text: "folder = \"\(folder.path)\"\n\(sacreBLEU)")
    let peer = script.numbers([])?.first.map { $0 * 1000 }
    let times = Measurement.times(5) {
      _ = BLEU().value(of: hypotheses, against: [references])
      _ = CharacterFScore().value(of: hypotheses, against: [references])
    }
    Measurement(
      subject: "BLEU and chrF of \(count) segments", unit: "ms", values: times,
      peers: [Peer("sacreBLEU", peer)].compactMap(\.self), amount: (Double(count), "segments")
    ).show()
  }

  private static let sacreBLEU = """
    import time
    import sacrebleu
    hypotheses, references = (
        open(f"{folder}/{name}.txt", encoding="utf-8").read().split("\\n")
        for name in ("hypotheses", "references"))
    start = time.perf_counter()
    sacrebleu.corpus_bleu(hypotheses, [references])
    sacrebleu.corpus_chrf(hypotheses, [references])
    print(time.perf_counter() - start)
    """
}
