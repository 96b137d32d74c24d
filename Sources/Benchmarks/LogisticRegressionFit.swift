import Cores
import LinearModels

/// Logistic regression from words to weights, features and all, beside scikit-learn's.
///
/// Both read words and pairs of words of made-up rows, weigh them by TF-IDF and fit four classes at
/// C = 10, in turn. scikit-learn stops where its own criterion says, at an objective that is higher.
enum LogisticRegressionFit {
  private static let rowCount = 5000
  private static let classCount = 4
  private static let cost = 10.0

  static func run() throws {
    let folder = try WorkFolder()
    let rows = WordRows(count: rowCount, classCount: classCount)
    try folder.write("rows.txt", rows.text)
    let script = PeerScript(text: scikitLearn(path: "\(folder.path)/rows.txt"))
    for cores in Set([1, availableCores()]).sorted() {
      var (own, theirs) = ([Double](), [Double]())
      var (objective, peerObjective) = (0.0, 0.0)
      for _ in 0..<3 {
        let clock = ContinuousClock()
        var found: LogisticRegression.Fit?
        own.append(clock.measure { found = fit(rows, cores: cores) } / .milliseconds(1))
        objective = found?.objective ?? .nan
        if let numbers = script.numbers([cores]), numbers.count == 2 {
          theirs.append(numbers[0] * 1000)
          peerObjective = numbers[1]
        }
      }
      let median = theirs.sorted().dropFirst(theirs.count / 2).first
      let name = "scikit-learn, which stops at \(peerObjective.rounded())"
      Measurement(
        subject:
          "logistic regression on \(rowCount) rows to \(objective.rounded()), \(cores) cores",
        unit: "ms", values: own, peers: [Peer(name, median)].compactMap(\.self)
      ).show()
    }
  }

  private static func fit(_ rows: WordRows, cores: Int) -> LogisticRegression.Fit? {
    let vocabulary = NGramVocabulary(of: rows.tokens, .init(lengths: 1...2))
    let (_, matrix) = NGramFeatures.tfidf(
      of: rows.tokens, .vocabulary(vocabulary), isSublinear: true, usesIDF: true, cores: cores)
    var regression = LogisticRegression()
    regression.cost = cost
    return regression.fit(matrix, labels: rows.labels, classCount: classCount, cores: cores)
  }

  /// Prints the seconds of scikit-learn's fit, features and all, and the objective where it stops.
  private static func scikitLearn(path: String) -> String {
    """
    import os, sys, time
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = sys.argv[1]
    import numpy
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    rows = [line.rstrip("\\n").split("\\t") for line in open("\(path)")]
    texts, labels = [row[1] for row in rows], numpy.array([int(row[0]) for row in rows])
    start = time.perf_counter()
    vectorizer = TfidfVectorizer(token_pattern=r"\\S+", ngram_range=(1, 2), sublinear_tf=True)
    x = vectorizer.fit_transform(texts)
    model = LogisticRegression(C=\(cost), max_iter=1000).fit(x, labels)
    print(time.perf_counter() - start)
    losses = -model.predict_log_proba(x)[numpy.arange(len(labels)), labels]
    print(\(cost) * losses.sum() + 0.5 * (model.coef_ ** 2).sum())
    """
  }
}

/// Rows of made-up words, as frequent as words are, some of which speak for a class.
private struct WordRows {
  private static let vocabularySize = 50_000
  private static let length = 40

  private(set) var tokens = TokenLists()
  private(set) var labels: [Int32] = []

  init(count: Int, classCount: Int) {
    var source = ZipfSource(seed: 1)
    for _ in 0..<count {
      let label = source.draw(below: classCount)
      tokens.append(
        (0..<Self.length).map { _ in
          // Every tenth word is one of the row's class.
          let rank = Int32(source.rank(of: Self.vocabularySize))
          let isOfClass = source.draw() < 0.1
          return isOfClass ? rank / Int32(classCount) * Int32(classCount) + Int32(label) : rank
        })
      labels.append(Int32(label))
    }
  }

  /// A line for each row: its label, a tab, its words.
  var text: String {
    labels.indices.map { row in
      "\(labels[row])\t\(tokens.row(row).map { "w\($0)" }.joined(separator: " "))\n"
    }.joined()
  }
}
