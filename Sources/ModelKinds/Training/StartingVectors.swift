import Chains
import Datasets
import Diagnostics
import Files
import Formats
import Pipelines
import Tensors
import Text
import Training

/// Vectors of another program that the words of a network start with.
struct StartingVectors: Sendable {
  private static let option = "vectors"
  /// Below this share of the training rows' words, something is amiss.
  private static let leastShare = 0.5

  private let file: ExternalFile

  /// Declares and reads the option; nil when no vectors are given.
  ///
  /// - Parameter layout: parameters of the names and widths that the network will have.
  init?(from options: inout StageOptions, in layout: () -> ParameterLayout) {
    let file = options.optionalFile(
      Self.option, unset: "none: vectors are drawn",
      "vectors that words start with: text of GloVe, word2vec or fastText (.vec), or word2vec's"
        + " binary form, gzipped or not")
    guard let file else { return nil }
    self.file = file
    let tables = layout().wordTables
    if tables.isEmpty { options.reject(Self.option, .noWordVectors) }
    if ["start", "start-folder"].contains(where: options.isGiven) {
      options.reject(Self.option, .twoStarts)
    }
    // A file that is missing is reported where its digest is asked for.
    guard InputFile.obstacle(to: file.path) == nil else { return }
    do throws(Diagnostic) {
      let width = try WordVectors.width(of: file.path)
      for table in tables where table.shape.columns != width {
        options.reject(Self.option, .otherWidth(width, wanted: table.shape.columns))
      }
    } catch {
      options.reject(
        fileOf: Self.option, error, remedy: "copy the file again, or name another")
    }
  }

  /// What gives drawn weights of a network the vectors.
  ///
  /// - Parameters:
  ///   - rows: those that the network is for.
  ///   - chain: the chain whose vocabulary numbers their words.
  func change(
    for rows: Dataset, numberedBy chain: TextChain, in work: StageWork
  ) -> BatchTraining.Change {
    { (weights, random) throws(Diagnostic) in
      let vocabulary = try Vocabulary(lines: chain.vocabulary.span, file: "\(work.stage).from")
      return try fill(weights, for: rows, vocabulary, from: random, in: work)
    }
  }

  /// Gives words their vectors, and draws those of other words but padding anew, so that their
  /// numbers vary as much (Kim 2014).
  private func fill(
    _ weights: ParameterBuffer, for rows: Dataset, _ vocabulary: Vocabulary,
    from random: RandomSource, in work: StageWork
  ) throws(Diagnostic) -> Bool {
    let read = try WordVectors(
      reading: file.path, numbering: vocabulary.id(of:), unless: { work.shouldStop })
    guard let vectors = read else { return false }
    try work.checkUnchanged(file)
    try tell(vectors, for: rows, vocabulary, in: work)
    let bound = vectors.uniformBound
    for entry in weights.layout.wordTables {
      let table = weights[entry]
      guard table.columns == vectors.width else {
        throw Diagnostic(.otherWidth(vectors.width, wanted: table.columns))
      }
      var random = random.stream(Self.option)
      for id in 0..<vocabulary.count where id != Int(rows.columns[0].padding) {
        let vector = vectors[id]
        for column in 0..<vectors.width {
          table[id * vectors.width + column] =
            vector.map { $0[$0.startIndex + column] } ?? bound * (2 * random.uniform() - 1)
        }
      }
    }
    return true
  }

  /// Tells how many words have a vector, and which common ones have none.
  private func tell(
    _ vectors: WordVectors, for rows: Dataset, _ vocabulary: Vocabulary, in work: StageWork
  ) throws(Diagnostic) {
    var counts = [Int](repeating: 0, count: vocabulary.count)
    let padding = rows.columns[0].padding
    try rows.forEachRow { _, ids in
      for place in realRange(of: ids, padding: padding) { counts[Int(ids[place])] += 1 }
    }
    let words = Vocabulary.Special.allCases.reduce(into: Set(counts.indices)) { words, special in
      if let id = vocabulary.id(of: special) { words.remove(id) }
    }
    let all = words.reduce(0) { $0 + counts[$1] }
    let without = words.filter { vectors[$0] == nil }
    let share = all == 0 ? 0 : 1 - Double(without.reduce(0) { $0 + counts[$1] }) / Double(all)
    work.say(
      "vectors for \(Spelling.count(vectors.count)) of \(Spelling.count(words.count, "word")),"
        + " \(Spelling.percent(share)) of what the rows hold of them;"
        + " the file has \(Spelling.count(vectors.fileCount))")
    work.note("words-with-vectors", .integer(vectors.count))
    work.note("share-with-vectors", .number(share))
    let commonest = without.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(8)
      .map { String(decoding: vocabulary.word(of: $0), as: UTF8.self) }
    guard vectors.count > 0 else { throw Diagnostic(.noWords(file.path, commonest)) }
    if share < Self.leastShare { work.warn(.fewWords(share, commonest)) }
  }
}

extension Diagnostic.Message {
  fileprivate static let twoStarts = Self(
    "training cannot start from weights and from vectors", remedy: "leave out one of them")

  fileprivate static let noWordVectors = Self(
    "this model has no vectors of words", remedy: "leave vectors out, or choose another model")

  fileprivate static func otherWidth(_ width: Int, wanted: Int) -> Self {
    Self(
      "the vectors have \(Spelling.count(width, "number")), the model's words"
        + " \(Spelling.count(wanted))",
      remedy: "set embedding = \(width)")
  }

  private static let otherWords =
    "prepare the rows as the vectors' text was: see which of them is lower-cased, and cut into words"

  fileprivate static func noWords(_ file: String, _ words: [String]) -> Self {
    Self(
      "'\(file)' has no vector for any word of the rows, such as \(words.joined(separator: ", "))",
      remedy: otherWords)
  }

  fileprivate static func fewWords(_ share: Double, _ words: [String]) -> Self {
    Self(
      "only \(Spelling.percent(share)) of the words in the rows have a vector; the commonest without:"
        + " \(words.joined(separator: ", "))",
      remedy: otherWords)
  }
}
