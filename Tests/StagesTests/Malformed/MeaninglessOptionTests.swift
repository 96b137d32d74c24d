import Diagnostics
import Pipelines
import Stages
import Testing

struct MeaninglessOptionTests {
  private static let around = """
    [stage.load]
    path = "rows.tsv"
    text = "text"
    label = "label"
    source = "source"
    target = "target"
    [stage.pairs]
    kind = "load"
    path = "pairs.tsv"
    keep = ["hypothesis", "reference"]
    [stage.merges]
    kind = "learn-bpe"
    from = "load"
    [stage.vocabulary]
    kind = "learn-vocabulary"
    from = "load"
    boundaries = true
    [stage.numbers]
    kind = "binarize"
    from = "load"
    vocabulary = "vocabulary"
    [stage.model]
    kind = "train"
    model = "convs2s"
    from = "numbers"

    """

  private static let from = "from = \"load\"\n"
  private static let load = "path = \"rows.tsv\"\ntext = \"text\"\n"
  private static let aligned = "files = { source = \"a\", target = \"b\" }\n"
  private static let train = "from = \"numbers\"\n"
  private static let translate = "from = \"load\"\nmodel = \"model\"\n"
  private static let score = "from = \"pairs\"\n"
  private static let bpe = "from = \"load\"\nmerges = \"merges\"\n"

  @Test(arguments: [
    ("load", load, "markup = \"none\"", "a file of columns"),
    ("load", aligned, "format = \"tsv\"", "line-aligned files"),
    ("load", aligned, "delimiter = \";\"", "line-aligned files"),
    ("load", aligned, "header = true", "line-aligned files"),
    ("load", aligned, "on-error = \"skip\"", "line-aligned files"),
    ("load", load + "quoting = false\n", "stray-quotes = \"keep\"", "quoting = false"),
    ("load", load, "class-names = \"names.txt\"", "rows without a label"),
    ("load", load + "label = \"label\"\n", "first-class = 1", "labels that are names"),
    ("tokenize", from, "language = \"de\"", "rules = \"words\""),
    ("tokenize", from, "lowercase = true", "rules = \"words\""),
    ("tokenize", from + "rules = \"characters\"\n", "protect = []", "rules = \"characters\""),
    ("tokenize", from, "prefixes = \"p.txt\"", "rules = \"words\""),
    ("detokenize", from + "rules = \"subwords\"\n", "language = \"fr\"", "rules = \"subwords\""),
    ("clean", from, "pair-minimum = 2", "pair-ratio = 0"),
    ("clean", from, "pair-maximum = 2", "pair-ratio = 0"),
    ("split", from + "shuffle = false\n", "seed = 4", "shuffle = false"),
    ("apply-bpe", bpe, "vocabulary-threshold = 2", "merges without a vocabulary"),
    ("apply-bpe", bpe, "seed = 2", "dropout = 0"),
    ("pad", from + "length = 9\n", "percentile = 99", "a length that is given"),
    (
      "binarize",
      from + "source-vocabulary = \"vocabulary\"\ntarget-vocabulary = \"vocabulary\"\n",
      "label = \"x\"", "pairs, which a vocabulary for each side is for"
    ),
    ("train", train + "optimizer = \"sgd\"\n", "beta1 = 0.9", "optimizer = \"sgd\""),
    ("train", train + "optimizer = \"sgd\"\n", "epsilon = 1e-8", "optimizer = \"sgd\""),
    ("train", train, "momentum = 0.9", "optimizer = \"adam\""),
    ("train", train, "rho = 0.9", "optimizer = \"adam\""),
    ("train", train + "optimizer = \"adadelta\"\n", "beta1 = 0.9", "optimizer = \"adadelta\""),
    ("train", train + "optimizer = \"sgd\"\n", "bias-correction = false", "optimizer = \"sgd\""),
    ("train", train, "no-decay = \"*.bias\"", "weight-decay = 0"),
    ("train", train + "warmup-steps = 9\n", "warmup-share = 0.1", "warmup-steps = 9"),
    ("train", train, "factor = 0.9", "schedule = \"constant\""),
    ("train", train + "schedule = \"step\"\n", "anneal-after = 2", "schedule = \"step\""),
    ("train", train + "schedule = \"step\"\n", "plateau-patience = 2", "schedule = \"step\""),
    ("train", train + "schedule = \"anneal\"\n", "step-epochs = 2", "schedule = \"anneal\""),
    (
      "train", train + "schedule = \"cosine\"\n", "minimum-learning-rate = 0.1",
      "schedule = \"cosine\""
    ),
    ("train", train, "average-epochs = 3", "average = \"none\""),
    (
      "train", train + "model = \"convs2s\"\nlabel-smoothing = 0\n",
      "label-smoothing-share = \"every-word\"", "label-smoothing = 0"
    ),
    ("translate", translate, "temperature = 2", "sampling = false"),
    (
      "evaluate", score + "metrics = \"ter\"\n", "lowercase = true",
      "metrics without bleu or chrf2 or chrf2++"
    ),
    ("evaluate", score + "metrics = \"ter\"\n", "tokenizer = \"none\"", "metrics without bleu"),
    ("evaluate", score + "metrics = \"chrf2\"\n", "smoothing = \"exp\"", "metrics without bleu"),
    ("evaluate", score + "metrics = \"ter\"\n", "smoothing-value = 1", "metrics without bleu"),
    ("evaluate", score + "metrics = \"ter\"\n", "maximum-order = 4", "metrics without bleu"),
    ("evaluate", score + "metrics = \"ter\"\n", "effective-order = true", "metrics without bleu"),
    (
      "evaluate", score + "metrics = \"bleu\"\n", "character-order = 5",
      "metrics without chrf2 or chrf2++"
    ),
    (
      "evaluate", score + "metrics = \"bleu\"\n", "keep-space = true",
      "metrics without chrf2 or chrf2++"
    ),
    ("evaluate", score + "metrics = \"bleu\"\n", "ter-normalize = true", "metrics without ter"),
    ("evaluate", score + "metrics = \"bleu\"\n", "ter-asian = true", "metrics without ter"),
    ("evaluate", score, "smoothing-value = 1", "smoothing = \"exp\""),
    ("evaluate", score + "resamples = 0\n", "resampling-seed = 1", "resamples = 0"),
    ("translate", translate, "top-k = 2", "sampling = false"),
    ("translate", translate, "seed = 2", "sampling = false"),
    ("translate", translate, "unknown-dictionary = \"d.txt\"", "replace-unknown = false"),
  ])
  func `an option that means nothing to the others is refused`(
    kind: String, options: String, option: String, obstacle: String
  ) {
    let text = Self.around + "[stage.it]\nkind = \"\(kind)\"\n\(options)"
    #expect(problems(text) == [])
    let name = option.prefix { $0 != " " }
    #expect(problems(text + option) == ["\(name) means nothing to \(obstacle)"])
  }

  @Test(arguments: [
    ("model = \"convs2s\"\n", "layers = 2", "model = \"lstm-classifier\""),
    ("", "encoder-channels = 9", "model = \"convs2s\""),
    ("model = \"convs2s\"\n", "beam = 3", "model = \"convs2s\" and watch = \"bleu\""),
  ])
  func `an option of another alternative is refused with what it goes with`(
    options: String, option: String, condition: String
  ) {
    let text = Self.around + "[stage.it]\nkind = \"train\"\n\(Self.train)\(options)"
    let name = option.prefix { $0 != " " }
    #expect(problems(text + option) == ["\(name) means nothing without \(condition)"])
  }

  private func problems(_ text: String) -> [String] {
    let reading = Plan.read(
      Array(text.utf8), file: "p.toml", overlay: [], catalog: .standard)
    if case .problems(let problems) = reading { return problems.map(\.message.problem) }
    return []
  }
}
