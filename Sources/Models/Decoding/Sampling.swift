import Tensors

/// The options of sampling: words are drawn by their probability instead of searched for.
///
/// What is drawn depends on the seed, the sentence's number, and which of its translations it is, but
/// not on the batch or on the number of cores.
package struct Sampling: Hashable, Sendable {
  /// What logits are divided by; above 1, unlikely words are drawn more often.
  package var temperature: Float = 1
  /// How many of the likeliest words are drawn from (top-k); nil for all.
  package var wordLimit: Int?
  /// The likeliest words that reach this probability together are drawn from (top-p).
  ///
  /// Nucleus sampling (Holtzman et al. 2019).
  package var probabilityLimit: Float = 1
  package var seed: UInt64

  package init(seed: UInt64) { self.seed = seed }
}

extension Sampling {
  /// The random number from [0, 1) that decides a word.
  func chance(sentence: Int, draw: Int, place: Int) -> Float {
    let own = RandomSource(seed: seed).stream("sampling").stream(sentence).stream(draw)
    var random = RandomSource(seed: seed, stream: own.stream, position: UInt64(place))
    return random.uniform()
  }
}
