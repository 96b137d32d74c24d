/// How much of a word's loss is spread over the whole vocabulary.
///
/// Szegedy et al. (2016).
package struct LabelSmoothing: Hashable, Sendable {
  /// Over which words the amount is spread; v is the number of words.
  package enum Share: String, CaseIterable, Hashable, Sendable {
    /// `(1 − ε) · nll + ε/v · Σ −log p`: fairseq until 2021.
    case everyWord = "every-word"
    /// `(1 − ε − e) · nll + e · Σ −log p` with `e = ε/(v − 1)`: fairseq since 2021.
    case otherWords = "other-words"
  }

  /// ε, at least 0 and below 1; 0 for the plain loss.
  package let amount: Float
  package let share: Share

  package init(_ amount: Float, share: Share = .everyWord) {
    precondition(0 <= amount && amount < 1, "label smoothing of \(amount)")
    self.amount = amount
    self.share = share
  }

  /// What is minimised, for people: ε is `amount`, v the number of words.
  package var formula: String {
    if amount == 0 { return "nll" }
    return switch share {
    case .everyWord: "(1 − ε) · nll + ε/v · Σ −log p, ε = \(amount)"
    case .otherWords: "(1 − ε − e) · nll + e · Σ −log p, e = ε/(v − 1), ε = \(amount)"
    }
  }

  /// The factors of the right word's −log p and of every word's; `right + each · words = 1`.
  func factors(words: Int) -> (right: Float, each: Float) {
    switch share {
    case .everyWord:
      return (1 - amount, amount / Float(words))
    case .otherWords:
      let each = amount / Float(max(1, words - 1))
      return (1 - amount - each, each)
    }
  }
}
