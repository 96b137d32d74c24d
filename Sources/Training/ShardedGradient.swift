import Cores
import Datasets
import Layers
import Models
import Tensors

/// The gradient of a batch, computed shard by shard and added up in the order of the shards.
///
/// What it gives depends on the number of shards and never on the number of cores.
package final class ShardedGradient {
  /// The mean gradient of the last batch, where something is trained.
  package let mean: ParameterBuffer
  /// Where `mean` may be other than zero.
  private let touched: TouchedPages
  private let normalized: NormalizedWeights?
  private let shards: [Shard]
  private let stepWeights = StepWeights()
  /// One for each core that works on a shard, however many shards there are.
  private let tapes: TapePool
  /// Parameters of which a gradient and a sum stay in the caches that cores share.
  private static let largestInCache = 1 << 21
  /// What is trained; it may become more between two steps.
  package var groups: ParameterGroups

  /// - Parameters:
  ///   - groups: everything unless given.
  ///   - precision: of the products with weights.
  package init(
    of model: some Model, shards count: Int, groups: ParameterGroups? = nil,
    precision: Precision = .float32, blas: OpenBLAS
  ) {
    precondition(count > 0, "a batch in \(count) shards")
    tapes = TapePool(blas, precision)
    let layout = model.layout
    self.groups = groups ?? ParameterGroups(all: layout)
    let weights = model.normalizedWeights
    normalized = weights.isEmpty ? nil : NormalizedWeights(weights, in: layout)
    mean = ParameterBuffer(layout)
    touched = TouchedPages(count: layout.count)
    shards = (0..<count).map { _ in Shard(layout) }
  }

  /// The loss of a batch and the norm of its mean gradient, which is left in `mean`.
  ///
  /// As in PyTorch, what is frozen has no gradient and counts for no norm.
  ///
  /// - Parameters:
  ///   - count: in how many pieces, one after the other, each shard goes through its rows. What they
  ///     hold for a time is that much less; rounding apart, the gradient is that of one piece.
  ///   - random: the stream of this step; each piece of each shard draws from a stream of its own.
  package func compute<M: Model>(
    _ model: M, _ batch: M.Batch, _ weights: ParameterBuffer, microBatches count: Int = 1,
    random: RandomSource, cores: Int
  ) -> (loss: Loss, norm: Double) {
    let active = max(1, min(shards.count, batch.rowCount))
    let (shards, tapes, normalized, stepWeights) = (shards, tapes, normalized, stepWeights)
    stepWeights.forget()
    let trained = groups.trained
    normalized?.compute(from: weights, cores: cores)
    var loss = Loss()
    // One core adds up what a shard has given while that is in its cache, and in one place for all.
    let together = cores == 1 && mean.layout.count <= Self.largestInCache ? 1 : active
    for first in stride(from: 0, to: active, by: together) {
      concurrently(together, cores: cores) { index in
        let part = active == 1 ? batch : batch.shard(first + index, of: active)
        tapes.withTape { tape in
          shards[index].compute(
            model, part, weights, microBatches: count, learning: trained, normalized, stepWeights,
            on: tape, random: random.stream(first + index))
        }
      }
      addUp(shards[..<together], afresh: first == 0, cores: cores)
      for shard in shards[..<together] { loss += shard.loss }
    }
    let scale = loss.weight > 0 ? Float(1 / loss.weight) : 0
    if let normalized {
      normalized.pullBack(mean, weights, cores: cores)
      touched.mark(0..<weights.layout.count)
    }
    let (mean, touched) = (mean, touched)
    let squares = sumOverChunks(of: weights.layout.count, cores: cores) { range in
      trained.reduce(0) { sum, places in
        guard places.overlaps(range) else { return sum }
        var lanes = SIMD16<Double>()
        touched.forEachStretch(of: places.clamped(to: range)) {
          Blocks(mean, $0).scale(by: scale, addingSquaresTo: &lanes)
        }
        return sum + lanes.sum()
      }
    }
    return (loss, squares.squareRoot())
  }

  /// Adds the gradients of some shards to the sum, and leaves them zero.
  ///
  /// - Parameter afresh: whether the sum is that of an earlier batch, and begins with zeros.
  private func addUp(_ shards: ArraySlice<Shard>, afresh: Bool, cores: Int) {
    let (mean, touched) = (mean, touched)
    forEachChunk(of: mean.layout.count, cores: cores) { range in
      if afresh {
        touched.forEachStretch(of: range) { Blocks(mean, $0).fill(0) }
        touched.clear(range)
      }
      let sum = Blocks(mean, range)
      for shard in shards {
        let part = Blocks(shard.gradient, range)
        shard.touched.forEachStretch(of: range) { places in
          sum.add(
            taking: part,
            in: places.lowerBound - range.lowerBound..<places.upperBound - range.lowerBound)
          touched.mark(places)
        }
        shard.touched.clear(range)
      }
    }
  }
}

/// One shard's own memory and result.
///
/// Unchecked: `compute` runs as one piece of work a shard, so no two threads use one at a time, and
/// the results are read after all pieces have ended.
private final class Shard: @unchecked Sendable {
  /// Zero between steps.
  let gradient: ParameterBuffer
  /// Where the gradient may be other than zero.
  let touched: TouchedPages
  private(set) var loss = Loss()

  init(_ layout: ParameterLayout) {
    touched = TouchedPages(count: layout.count)
    gradient = ParameterBuffer(layout, marking: touched)
  }

  func compute<M: Model>(
    _ model: M, _ part: M.Batch, _ weights: ParameterBuffer, microBatches most: Int,
    learning learnt: [Range<Int>], _ normalized: NormalizedWeights?, _ stepWeights: StepWeights,
    on tape: Tape, random: RandomSource
  ) {
    let count = max(1, min(most, part.rowCount))
    loss = flushingSubnormals {
      (0..<count).reduce(into: Loss()) { loss, index in
        loss += model.lossAndGradient(
          of: count == 1 ? part : part.shard(index, of: count), parameters: weights,
          learning: learnt, normalized: normalized, sharing: stepWeights, into: gradient,
          on: tape, random: count == 1 ? random : random.stream(index))
      }
    }
  }
}
