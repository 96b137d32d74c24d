import Chains
import Datasets
import Diagnostics
import Layers
import Metrics
import Models
import Tensors

/// The validation scores of a translator, among which `watch` chooses.
struct TranslationValidation {
  /// Loss and perplexity are computed at every epoch; BLEU, which needs translations, when watched.
  static let scoreNames = [Metric.loss, .perplexity, .bleu].map(\.name)

  private let model: ConvS2S
  private let cores: Int
  private let blas: OpenBLAS
  private let pairs: Examples<TranslationBatch>
  private let bleu: TranslatedPairs?

  /// - Parameter bleu: what to translate and how, when BLEU is wanted.
  init(
    _ model: ConvS2S, on pairs: Examples<TranslationBatch>, bleu: TranslatedPairs?, cores: Int,
    blas: OpenBLAS
  ) {
    self.model = model
    self.cores = cores
    self.blas = blas
    self.pairs = pairs
    self.bleu = bleu
  }

  func scores(of weights: ParameterBuffer) throws(Diagnostic) -> [String: Double] {
    // A new evaluator each time, with small batches, so that training keeps the memory.
    let evaluator = TranslationEvaluator(
      model, limit: BatchLimit(tokens: 256), cores: cores, blas: blas)
    let loss = try evaluator.loss(of: pairs, with: weights)
    var scores = [
      Metric.loss.name: loss.meanSmoothed, Metric.perplexity.name: loss.perplexity,
    ]
    if let bleu {
      scores[Metric.bleu.name] = bleu.score(
        TranslationEvaluator(model, cores: cores, blas: blas), weights)
    }
    return scores
  }
}

/// Sentences to translate, their references, and the options of the search.
struct TranslatedPairs: Sendable {
  private let sources: [[Int32]]
  private let references: [String]
  private let search: BeamSearch
  private let text: TargetText

  init(
    _ pairs: Examples<TranslationBatch>, search: BeamSearch, into text: TargetText
  ) throws(Diagnostic) {
    let batch = try pairs.batch(ArraySlice(0..<Int32(pairs.count)))
    sources = batch.source.rows
    var reader = text
    references = batch.target.rows.map { ids in
      // An unknown word of a reference must not match `<unk>` in a translation.
      reader.text(of: reader.tokens(of: ids).replacing("<unk>", with: "\u{FFFD}"))
    }
    self.search = search
    self.text = text
  }

  /// The BLEU of the texts of the best hypotheses.
  func score(_ evaluator: TranslationEvaluator, _ weights: ParameterBuffer) -> Double {
    var writer = text
    let hypotheses = evaluator.translate(sources, with: weights, search).map { found in
      found.first.map { writer.text(of: writer.tokens(of: $0.words)) } ?? ""
    }
    return BLEU().value(of: hypotheses, against: [references])
  }
}
