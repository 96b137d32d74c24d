import Datasets
import Layers
import Models
import Tensors
import Testing

/// One case of fairseq's numbers: a model, its weights and a batch.
struct ConvS2SGolden {
  let file: GoldenFile
  let model: ConvS2S
  let parameters: ParameterBuffer
  let batch: TranslationBatch

  init(_ file: GoldenFile) throws {
    self.file = file
    model = ConvS2S(try ConvS2S.Configuration(file))
    parameters = try file.parameters(
      model.layout,
      copies: model.configuration.sharesOutputEmbedding ? ["decoder.fc3.weight"] : [])
    batch = TranslationBatch(
      source: try file.rows("input.source"), target: try file.rows("input.target"))
  }

  /// Expects the rows of each sentence to be those stored in the places of its real words.
  ///
  /// - Parameters:
  ///   - rows: the row of each word, sentence by sentence.
  ///   - places: the integers whose padding says which places are real.
  func expect(
    _ tensor: Tensor, rows: [Int], as name: String, places: String
  ) throws {
    let ids = try #require(file.integers[places])
    var expected = try #require(file.floats[name])
    let width = expected.count / ids.count
    try #require(tensor.columns == width)
    let real = ids.indices.filter { ids[$0] != 1 }
    try #require(real.count == rows.count)
    let largest = expected.reduce(0) { max($0, abs($1)) }
    let found = tensor.array
    for (row, place) in zip(rows, real) {
      for d in 0..<width { expected[place * width + d] -= found[row * width + d] }
    }
    let worst = real.reduce(Float(0)) { worst, place in
      expected[place * width..<(place + 1) * width].reduce(worst) { max($0, abs($1)) }
    }
    #expect(worst <= 1e-4 * largest, "\(name) of \(file.name): off by \(worst) of \(largest)")
  }

  /// The attention of every layer, averaged, as [rows, target width, source width].
  ///
  /// fairseq divides by all layers, those without attention too.
  func averageAttention(_ attention: [AttentionOutput], on tape: Tape) throws -> [Float] {
    let shape = try #require(file.shapes["output.attention"])
    var expected = try #require(file.floats["output.attention"])
    for row in 0..<batch.rowCount {
      let words = Int(batch.target.lengths[row])
      let columns = Int(batch.source.lengths[row])
      let mean = tape.arena.tensor(rows: words, columns: columns)
      mean.fill(0)
      for layer in attention {
        let share = 1 / Float(model.configuration.decoderLayers.count)
        layer.add(sentence: row, times: share, into: mean)
      }
      for word in 0..<words {
        let start = (row * shape[1] + word) * shape[2]
        for place in 0..<shape[2] {
          let column = place - (shape[2] - columns)
          expected[start + place] = column < 0 ? 0 : mean[word * columns + column]
        }
      }
    }
    return expected
  }
}

extension ConvS2S.Configuration {
  /// The model whose parameters have the shapes in the file.
  init(_ file: GoldenFile) throws {
    let source = try #require(file.shapes["model.encoder.embed_tokens.weight"])
    let target = try #require(file.shapes["model.decoder.embed_tokens.weight"])
    self.init(sourceVocabularySize: source[0], targetVocabularySize: target[0])
    embeddingWidth = source[1]
    positionCount = try #require(file.shapes["model.encoder.embed_positions.weight"])[0]
    encoderLayers = file.convolutions(of: "encoder")
    decoderLayers = file.convolutions(of: "decoder")
    attention = decoderLayers.indices.map {
      file.shapes["model.decoder.attention.\($0).in_projection.bias"] != nil
    }
    outputEmbeddingWidth = try #require(file.shapes["model.decoder.fc2.bias"])[0]
    sharesOutputEmbedding = file.shapes["model.decoder.fc3.weight_v"] == nil
    dropProbability = 0
    labelSmoothing = LabelSmoothing(Float(file.options["label_smoothing"] ?? "0") ?? 0)
  }
}

extension GoldenFile {
  /// Rows of ids without their padding.
  func rows(_ name: String) throws -> TokenRows {
    let ids = try #require(integers[name])
    let width = try #require(shapes[name])[1]
    return TokenRows(
      stride(from: 0, to: ids.count, by: width).map { start in
        ids[start..<start + width].filter { $0 != 1 }
      })
  }

  fileprivate func convolutions(of side: String) -> [ConvS2S.Convolution] {
    (0...).lazy.map { shapes["model.\(side).convolutions.\($0).weight_v"] }
      .prefix { $0 != nil }.compactMap(\.self)
      .map { ConvS2S.Convolution($0[2] / 2, width: $0[0]) }
  }
}
