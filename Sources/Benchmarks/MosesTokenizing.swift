import Cores
import Text

/// Lower-casing, normalizing and tokenizing as Moses does, beside sacremoses and Moses itself.
///
/// Moses is its scripts in the folder that `$MILLRACE_MOSES` names, three processes in a pipe.
enum MosesTokenizing {
  static func run() throws {
    let folder = try WorkFolder()
    let byteCount = BenchmarkOptions.current.isQuick ? 1_000_000 : 20_000_000
    var source = MadeUpText(seed: 3)
    let lines = source.lines(byteCount: byteCount)
    // The peers have a tenth of it, as they take a minute for all.
    try folder.write("lines.txt", lines.prefix(lines.count / 10).joined(separator: "\n"))
    let path = "path = \"\(folder.path)/lines.txt\"\n"
    let scripts = [("sacremoses", path + sacremoses), ("Moses", path + moses)]
    var options = MosesTokenizer.Options(.english)
    options.lowercases = true
    options.normalizesPunctuation = true
    let tokenizer = try MosesTokenizer(options)
    let bytes = lines.map { Array($0.utf8) }
    for cores in Set([1, availableCores()]).sorted() {
      let peers = scripts.compactMap { name, text in
        Peer(name, PeerScript(text: text).numbers([cores])?.first.map { $0 * 10_000 })
      }
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
        values: times, peers: peers, amount: (Double(byteCount) / 1e6, "MB")
      ).show()
    }
  }

  private static let sacremoses = """
    import os, sys, time
    from sacremoses import MosesPunctNormalizer, MosesTokenizer
    cores = int(sys.argv[1])
    lines = open(path, encoding="utf-8").read().split("\\n")
    normalizer, tokenizer = MosesPunctNormalizer("en"), MosesTokenizer("en")
    start = time.perf_counter()
    for part in range(cores):
        if os.fork() == 0:
            for line in lines[part::cores]:
                tokenizer.tokenize(normalizer.normalize(line.lower()), return_str=True)
            os._exit(0)
    for part in range(cores):
        os.wait()
    print(time.perf_counter() - start)
    """

  private static let moses = """
    import os, subprocess, sys, time
    folder = os.environ["MILLRACE_MOSES"]
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(sys.argv[1])])
    steps = [
        f"perl -CSD -ne 'print lc' {path}", f"perl {folder}/normalize-punctuation.perl -l en",
        f"perl {folder}/tokenizer.perl -q -l en >/dev/null"]
    start = time.perf_counter()
    subprocess.run(" | ".join(steps), shell=True, check=True, stderr=subprocess.DEVNULL)
    print(time.perf_counter() - start)
    """
}
