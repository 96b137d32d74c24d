/// A sum of losses, and the weight it is divided by: rows, tokens, or the sum of class weights.
///
/// The sums and weights of shards are added; the division is that of the whole batch.
package struct Loss: Hashable, Sendable {
  package var sum: Double
  package var weight: Double

  package init(sum: Double = 0, weight: Double = 0) {
    self.sum = sum
    self.weight = weight
  }

  package var mean: Double { weight > 0 ? sum / weight : 0 }

  package static func += (total: inout Loss, part: Loss) {
    total.sum += part.sum
    total.weight += part.weight
  }
}
