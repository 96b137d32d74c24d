import Datasets
import Layers
import ModelKinds
import Models
import Tensors

/// Beam search with `fconv-iwslt-de-en`, with a beam of five, beside the limit of its products.
struct ConvS2SDecoding {
  private let model: ConvS2S
  private let weights: ParameterBuffer
  private let sources: [[Int32]]
  private let search: BeamSearch

  /// Sentences as long as Multi30k's, their translations too, and its vocabularies after 10,000
  /// joint merges.
  init(sentences count: Int) {
    model = ConvS2S(
      ConvS2S.Configuration(.iwslt, sourceVocabularySize: 7072, targetVocabularySize: 5208))
    weights = ParameterBuffer(model.layout, initializedFrom: RandomSource(seed: 1))
    var random = RandomSource(seed: 2)
    sources = (0..<count).map { sentence in
      (0..<8 + sentence % 13).map { _ in Int32(4 + random.index(below: 7068)) } + [2]
    }
    var search = BeamSearch()
    search.maximumLengthPerSourceWord = 1
    search.maximumLengthBeyond = 0
    self.search = search
  }

  func run() throws {
    let blas = try OpenBLAS.load()
    let sentences = sources.map { SourceSentence($0) }
    for precision in Precision.measured {
      let translator = ConvS2STranslator(model, weights, in: precision)
      let multiplications = multiplications(of: translator, sentences, blas)
      for cores in [1, 2] {
        let batches = BatchedTranslator(translator, cores: cores, blas: blas)
        let limit = ProductLimit(in: precision, cores: cores)
        let times = Measurement.times(5) { _ = batches.translate(sentences, search) }
        Measurement(
          subject: "convs2s decoding, beam 5\(precision.subject), \(cores) cores",
          unit: "ms a sentence", values: times.map { $0 / Double(sources.count) },
          peers: [limit.peer(multiplications: multiplications, per: Double(sources.count))]
            .compactMap(\.self)
        ).show()
      }
    }
  }

  /// What the products of all sentences multiply: by the rows of hypotheses that are still extended, and
  /// of words before them that others still come from.
  private func multiplications(
    of translator: ConvS2STranslator, _ sentences: [SourceSentence], _ blas: OpenBLAS
  ) -> Int {
    let tape = Tape(blas)
    _ = translator.translate(sentences, search, on: [tape])
    return tape.products.multiplications
  }
}
