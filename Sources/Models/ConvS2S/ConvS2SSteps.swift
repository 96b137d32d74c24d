import Layers
import Tensors

/// The decoding of a batch with one model: the hypotheses of each sentence, extended word by word.
///
/// Each layer keeps the inputs its convolution still needs from step to step, so a word costs the
/// same wherever it stands.
final class ConvS2SSteps {
  private let decoder: ConvS2SFoldedDecoder
  private let source: EncodedSource
  /// [embedding width, words] the keys of each sentence, transposed for fast small products.
  private let keys: [Tensor]
  private let padding: Int
  private let blas: OpenBLAS
  private let products: MatrixProducts
  /// Of each layer.
  private var histories: [ConvS2SHistory]
  private var ancestry = Ancestry()
  /// Memory for what is used within one step.
  private let scratch: Arena
  private let blockLogits: Tensor
  /// [rows, longest source] the attention of the last step, averaged over layers.
  let attention: Tensor

  /// - Parameters:
  ///   - rowLimit: the most hypotheses there will be at a time.
  ///   - tape: its arena holds what is kept from step to step, its scratch what is not.
  init(
    _ decoder: ConvS2SFoldedDecoder, source: EncodedSource, rowLimit: Int, padding: Int,
    on tape: Tape
  ) {
    let arena = tape.arena
    blas = tape.blas
    products = tape.products
    scratch = tape.scratch
    self.decoder = decoder
    self.source = source
    self.padding = padding
    histories = decoder.layers.map { layer in
      ConvS2SHistory(
        width: layer.taps.count, channels: layer.taps[0].rows, rowLimit: rowLimit, in: arena)
    }
    let longest = (0..<source.sentences.count).reduce(1) {
      max($0, source.sentences.words(of: $1).count)
    }
    attention = arena.tensor(rows: rowLimit, columns: longest)
    keys = (0..<source.sentences.count).map { sentence in
      let rows = source.keys.value[rows: source.sentences.words(of: sentence)]
      let keys = arena.tensor(rows: rows.columns, columns: rows.rows)
      copy(rows.matrix.transposed, into: keys.matrix)
      return keys
    }
    let vocabularySize = decoder.output.columns
    blockLogits = arena.tensor(
      rows: min(rowLimit, max(16, Self.blockLogitLimit / max(1, vocabularySize))),
      columns: vocabularySize)
  }

  /// The most logits there are at a time, unless sixteen rows have more: they are in the cache of a
  /// core still when the largest are looked for.
  private static let blockLogitLimit = 1 << 18

  /// The most rows that `logits` takes.
  var blockRowLimit: Int { blockLogits.rows }

  /// Reads each hypothesis's last word; gives [hypotheses, output embedding width] for the next one.
  ///
  /// The result is valid until the next step.
  ///
  /// - Parameter place: how many words the hypotheses have.
  func advance(_ hypotheses: PartialHypotheses, place: Int) -> Tensor {
    scratch.reset()
    attention[rows: 0..<hypotheses.words.count].fill(0)
    let widest = decoder.layers.reduce(1) { max($0, $1.taps.count) }
    ancestry.advance(parents: hypotheses.parents, limit: min(place, widest - 1))
    let generations = ancestry.rows(in: scratch)
    let half = Float(0.5).squareRoot()
    let embedded = embed(hypotheses.words, place: place)
    var x = input(ofLayer: 0, rows: embedded.rows)
    products.multiply(embedded.matrix, decoder.widen, into: x.matrix)
    for (index, layer) in decoder.layers.enumerated() {
      let residual = layer.projection.map { linear(x, $0) } ?? x
      let y = convolve(layer: index, rows: x.rows, generations)
      if let (input, output) = layer.attention {
        let query = linear(y, input)
        add(query, embedded, scaledBy: half, into: query)
        let context = attend(query, hypotheses.groups)
        scratch.takeBack(query)
        let found = linear(context, output)
        scratch.takeBack(context)
        add(found, y, scaledBy: half, into: y)
        scratch.takeBack(found)
      }
      x = input(ofLayer: index + 1, rows: y.rows)
      add(y, residual, scaledBy: half, into: x)
      scratch.takeBack(y)
    }
    return linear(x, decoder.narrow)
  }

  /// [rows, words] the logits of rows that `advance` gave.
  ///
  /// They are valid until the next call, and may be changed.
  func logits(of hidden: Tensor) -> Tensor {
    let logits = blockLogits[rows: 0..<hidden.rows]
    products.multiply(hidden.matrix, decoder.output, into: logits.matrix)
    return logits
  }

  private func embed(_ words: [Int32], place: Int) -> Tensor {
    let table = decoder.parameters[decoder.words]
    let position = decoder.parameters[decoder.positions][
      rows: padding + 1 + place..<padding + 2 + place]
    let result = scratch.tensor(rows: words.count, columns: table.columns)
    for (row, word) in words.enumerated() {
      add(
        table[rows: Int(word)..<Int(word) + 1], position, scaledBy: 1,
        into: result[rows: row..<row + 1])
    }
    return result
  }

  private func linear(_ x: Tensor, _ weight: LaidOutMatrix) -> Tensor {
    let result = scratch.tensor(rows: x.rows, columns: weight.columns)
    products.multiply(x.matrix, weight, into: result.matrix)
    return result
  }

  /// Where the layer before puts what a layer reads; after the last layer, room of this step.
  private func input(ofLayer index: Int, rows: Int) -> Tensor {
    index < histories.count
      ? histories[index].next(rows: rows)
      : scratch.tensor(rows: rows, columns: decoder.narrow.rows)
  }

  /// Convolves the rows of a layer's input with those of the steps before that they come from.
  private func convolve(layer index: Int, rows: Int, _ generations: [Ancestry.Rows]) -> Tensor {
    let layer = decoder.layers[index]
    let inputs = histories[index].advance(rows: rows, generations)
    // From the farthest step on: each row goes on with what the row that it extends has come to.
    var sums = linear(inputs[inputs.count - 1], layer.taps[inputs.count - 1])
    for age in (0..<inputs.count - 1).reversed() {
      let next = scratch.tensor(rows: inputs[age].rows, columns: sums.columns)
      gather(rows: generations[age].parents, of: sums, into: next)
      products.multiply(inputs[age].matrix, layer.taps[age], into: next.matrix, adding: true)
      scratch.takeBack(sums)
      sums = next
    }
    let result = scratch.tensor(rows: rows, columns: sums.columns / 2)
    gatedLinearUnit(sums, bias: decoder.parameters[layer.convolutionBias], into: result)
    scratch.takeBack(sums)
    return result
  }

  private func attend(_ query: Tensor, _ groups: [PartialHypotheses.Group]) -> Tensor {
    let context = scratch.tensor(rows: query.rows, columns: source.values.columns)
    let layerCount = decoder.layers.count { $0.attention != nil }
    for group in groups {
      let columns = source.sentences.words(of: group.sentence)
      let root = Float(columns.count).squareRoot()
      let weights = scratch.tensor(rows: group.rows.count, columns: columns.count)
      blas.multiply(
        query[rows: group.rows].matrix, keys[group.sentence].matrix, into: weights.matrix)
      softmaxRows(of: weights, times: root)
      blas.multiply(
        weights.matrix, source.values.value[rows: columns].matrix,
        into: context[rows: group.rows].matrix)
      scale(weights, by: 1 / (root * Float(layerCount)), into: weights)
      copy(
        weights.matrix,
        into: attention.matrix(rows: group.rows, columns: 0..<columns.count), adding: true)
    }
    return context
  }
}
