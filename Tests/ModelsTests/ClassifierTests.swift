import Cores
import Datasets
import Fixtures
import Layers
import Models
import Synchronization
import Tensors
import Testing

/// What holds for every network that classifies rows of words.
struct ClassifierTests {
  @Test(arguments: SmallNetwork.all)
  func `padding a batch wider changes no bit`(network: SmallNetwork) {
    let run = ClassifierRun(network.model())
    let narrow = ClassificationBatch.random(lengths: [4, 1, 7, 7, 2])
    let wide = narrow.widened(by: 5)
    #expect(run.gradient(of: narrow) == run.gradient(of: wide))
    #expect(run.probabilities(of: narrow) == run.probabilities(of: wide))
  }

  @Test(arguments: SmallNetwork.all)
  func `a row's probabilities do not depend on its batch`(network: SmallNetwork) {
    let run = ClassifierRun(network.model())
    let batch = ClassificationBatch.random(lengths: [4, 1, 7, 7, 2])
    let together = run.probabilities(of: batch)
    for row in 0..<batch.rowCount {
      let alone = run.probabilities(of: batch.shard(row, of: batch.rowCount))
      let expected = together[row * 3..<row * 3 + 3]
      #expect(zip(alone, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }

  @Test(arguments: SmallNetwork.all)
  func `shards give the same bytes on one core and on two, dropout and all`(
    network: SmallNetwork
  ) {
    let run = ClassifierRun(network.model(dropProbability: 0.3))
    let batch = ClassificationBatch.random(lengths: (0..<40).map { Int32(1 + $0 * 7 % 13) })
    let shards = 4
    func gradient(cores: Int) -> [[UInt32]] {
      let results = Mutex([[UInt32]](repeating: [], count: shards))
      concurrently(shards, cores: cores) { index in
        let bits = run.gradient(
          of: batch.shard(index, of: shards), random: RandomSource(seed: 6).stream(index))
        results.withLock { $0[index] = bits }
      }
      return results.withLock { $0 }
    }
    let one = gradient(cores: 1)
    #expect(one == gradient(cores: 2))
    #expect(Set(one).count == shards)
  }

  @Test(.timeLimit(.minutes(120)), arguments: SmallNetwork.all)
  func `sixty steps down the gradient lower the loss`(network: SmallNetwork) {
    let run = ClassifierRun(network.model())
    let batch = ClassificationBatch.random(lengths: [4, 1, 7, 7, 2, 3, 5, 6, 2, 3])
    func loss() -> Double {
      run.model.loss(of: batch, parameters: run.parameters, on: Tape(.opened)).mean
    }
    let before = loss()
    for _ in 0..<60 {
      let gradient = ParameterBuffer(run.model.layout)
      _ = run.model.lossAndGradient(
        of: batch, parameters: run.parameters, into: gradient, on: Tape(.opened),
        random: .init(seed: 0))
      let slope = gradient.flat
      let weights = run.parameters.flat
      for i in slope.indices { weights[i] -= 0.03 * slope[i] }
    }
    #expect(loss() < 0.95 * before)
  }
}
