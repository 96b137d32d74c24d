/// What the command line asks for.
struct BenchmarkOptions: Sendable {
  static let usage = """
    usage: Benchmarks [SUBJECT…] [--quick] [--peer] [--json | --markdown] [--compare FILE] [--save FILE]

      --quick         the subjects that take a few seconds, with small inputs and few runs
      --peer          other programs too, where python3 (or $MILLRACE_PYTHON), the path and the
                      folder $MILLRACE_MOSES of tokenizer.perl have them
      --json          a line of JSON for each figure, for programs
      --markdown      a table of all figures at the end, for the README
      --compare FILE  say what became slower than what was saved on this machine, beyond the noise;
                      what seems slower is measured three times
      --save FILE     add the figures to those of earlier runs in a file, for --compare
    """

  /// As the program was started with.
  static let current = BenchmarkOptions(Array(CommandLine.arguments.dropFirst()))

  private(set) var subjects: [String] = []
  private(set) var isQuick = false
  private(set) var measuresPeers = false
  private(set) var isJSON = false
  private(set) var isMarkdown = false
  /// The file to add figures to.
  private(set) var saved: String?
  /// The file whose figures were measured before.
  private(set) var compared: String?
  /// The first word that is no option, or that lacks its file.
  private(set) var wrongWord: String?

  private init(_ words: [String]) {
    var rest = words[...]
    while let word = rest.popFirst() {
      switch word {
      case "--quick": isQuick = true
      case "--peer": measuresPeers = true
      case "--json": isJSON = true
      case "--markdown": isMarkdown = true
      case "--save", "--compare":
        guard let file = rest.popFirst() else {
          wrongWord = wrongWord ?? word
          break
        }
        if word == "--save" { saved = file } else { compared = file }
      case _ where word.hasPrefix("-"): wrongWord = wrongWord ?? word
      default: subjects.append(word)
      }
    }
  }
}
