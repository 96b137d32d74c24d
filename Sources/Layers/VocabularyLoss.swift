import Glibc
import Tensors

/// The summed loss of predicted words, with label smoothing and without.
package struct VocabularyLoss: Hashable, Sendable {
  /// With label smoothing, summed over words.
  package var smoothed: Double
  /// −log p of the right words, summed.
  package var negativeLogLikelihood: Double
  package var wordCount: Int

  package init(smoothed: Double = 0, negativeLogLikelihood: Double = 0, wordCount: Int = 0) {
    self.smoothed = smoothed
    self.negativeLogLikelihood = negativeLogLikelihood
    self.wordCount = wordCount
  }

  /// The mean over words of the loss that is trained.
  package var meanSmoothed: Double { smoothed / Double(max(1, wordCount)) }

  /// e to the power of the mean of −log p of the right words.
  package var perplexity: Double { exp(negativeLogLikelihood / Double(max(1, wordCount))) }

  package static func += (total: inout VocabularyLoss, part: VocabularyLoss) {
    total.smoothed += part.smoothed
    total.negativeLogLikelihood += part.negativeLogLikelihood
    total.wordCount += part.wordCount
  }
}

extension Tape {
  /// The loss of `softmax(x · wᵀ + b)` for each row of x; adds the gradients of x, w and b at once.
  ///
  /// The logits of all rows together would need too much memory, so they are computed, and turned
  /// into gradients, in blocks of rows.
  ///
  /// - Parameters:
  ///   - x: [words, d].
  ///   - targets: the right word for each row of x.
  ///   - weight: [v, d].
  ///   - bias: [v].
  package func vocabularyLoss(
    of x: Variable, targets: [Int32], weight: Variable, bias: Parameter, smoothing: LabelSmoothing
  ) -> VocabularyLoss {
    var loss = VocabularyLoss()
    withOperand(weight.value.matrix.transposed) { flipped in
      loss = vocabularyLoss(
        of: x, targets: targets, weight: weight, flipped: flipped, bias: bias,
        smoothing: smoothing)
    }
    return loss
  }

  /// The loss by a weight that is laid out already.
  ///
  /// - Parameter flipped: [d, v].
  private func vocabularyLoss(
    of x: Variable, targets: [Int32], weight: Variable, flipped: LaidOutMatrix, bias: Parameter,
    smoothing: LabelSmoothing
  ) -> VocabularyLoss {
    precondition(targets.count == x.rows, "\(targets.count) words for \(x.rows) rows")
    let factors = smoothing.factors(words: weight.rows)
    let blockRows = min(max(1, x.rows), Self.blockRows(words: weight.rows))
    let blockLogits = arena.tensor(rows: blockRows, columns: weight.rows)
    let gradient = isRecording ? vocabularyGradient(x, weight, bias) : nil
    var losses = LogLosses()
    for start in stride(from: 0, to: x.rows, by: blockRows) {
      let rows = start..<min(start + blockRows, x.rows)
      let input = x.value.matrix[rows: rows]
      let logits = blockLogits[rows: 0..<rows.count]
      products.multiply(input, flipped, into: logits.matrix)
      addSmoothedCrossEntropy(
        logits, bias: self[bias], targets: targets.span.extracting(rows), to: &losses,
        gradient: gradient.map { (factors.right, factors.each, $0.bias) })
      guard let gradient else { continue }
      products.multiply(
        logits.matrix.transposed, input, into: gradient.weight.matrix,
        adding: gradient.addsWeight || start > 0)
      multiply(
        logits.matrix, byWeight: weight.value.matrix, into: gradient.input.matrix[rows: rows],
        adding: gradient.addsInput)
    }
    return VocabularyLoss(
      smoothed: Double(factors.right) * losses.ofTargets + Double(factors.each) * losses.ofAll,
      negativeLogLikelihood: losses.ofTargets, wordCount: targets.count)
  }

  /// The loss of each sentence by itself, without gradients.
  ///
  /// - Parameters: as of `vocabularyLoss`, with the rows and targets sentence by sentence.
  package func vocabularyLosses(
    of x: Variable, sentences: Sentences, targets: [Int32], weight: Variable, bias: Parameter,
    smoothing: LabelSmoothing
  ) -> [VocabularyLoss] {
    precondition(!isRecording, "the losses of single sentences have no gradient")
    let flipped = products.operand(weight.value.matrix.transposed, in: arena)
    defer { arena.takeBack(flipped) }
    return (0..<sentences.count).map { sentence in
      let words = sentences.words(of: sentence)
      return vocabularyLoss(
        of: variable(x.value[rows: words]), targets: Array(targets[words]), weight: weight,
        flipped: flipped, bias: bias, smoothing: smoothing)
    }
  }

  /// How many rows of logits fit into 8 MiB of the cache; smaller blocks read the weight more often.
  private static func blockRows(words: Int) -> Int { max(16, (1 << 21) / max(1, words)) }

  private func vocabularyGradient(
    _ x: Variable, _ weight: Variable, _ bias: Parameter
  ) -> (input: Tensor, addsInput: Bool, weight: Tensor, addsWeight: Bool, bias: Tensor) {
    let (input, addsInput) = incomingGradient(of: x)
    let (weight, addsWeight) = incomingGradient(of: weight)
    return (input, addsInput, weight, addsWeight, gradient(of: bias))
  }
}
