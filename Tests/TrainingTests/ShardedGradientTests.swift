import Datasets
import Fixtures
import Layers
import Models
import Tensors
import Testing
import Training

struct ShardedGradientTests {
  @Test func `a batch's gradient has nothing left of the batches before, on any number of cores`() {
    let model = MeanClassifier(vocabularySize: 400, classCount: 3, width: 24)
    let weights = ParameterBuffer(model.layout, initializedFrom: RandomSource(seed: 1))
    func batch(_ first: Int32) -> ClassificationBatch {
      ClassificationBatch(
        tokens: [first, first + 1, first + 90, 0], width: 2, lengths: [2, 1], labels: [0, 2])
    }
    func gradient(_ batches: [Int32], cores: Int) -> [UInt32] {
      let gradient = ShardedGradient(of: model, shards: 2, blas: .opened)
      for first in batches {
        _ = gradient.compute(
          model, batch(first), weights, random: RandomSource(seed: 0), cores: cores)
      }
      let values = gradient.mean.flat
      return values.indices.map { values[$0].bitPattern }
    }
    for cores in 1...2 {
      #expect(gradient([300, 7, 120], cores: cores) == gradient([120], cores: 1))
    }
    #expect(gradient([300], cores: 1) != gradient([120], cores: 1))
  }

  // Shards lay weights out in common; those of one step must not serve the next.

  @Test(arguments: [RecurrentCell.lstm, .gru], [Precision.float32, .bfloat16])
  func `a batch's gradient is by the weights of its step`(
    cell: RecurrentCell, precision: Precision
  ) {
    var configuration = LSTMClassifier.Configuration(vocabularySize: 30, classCount: 3)
    (configuration.cell, configuration.hiddenWidth) = (cell, 9)
    expectGradientByWeightsOfItsStep(of: LSTMClassifier(configuration), precision)
  }

  @Test(arguments: [Precision.float32, .bfloat16])
  func `a batch's gradient is by the filters of its step`(precision: Precision) {
    var configuration = CNNClassifier.Configuration(vocabularySize: 30, classCount: 3)
    (configuration.embeddingWidth, configuration.mapCount) = (20, 5)
    configuration.filterWidths = [1, 2, 3]
    expectGradientByWeightsOfItsStep(of: CNNClassifier(configuration), precision)
  }

  private func expectGradientByWeightsOfItsStep<M: Model>(
    of model: M, _ precision: Precision
  ) where M.Batch == ClassificationBatch {
    let batch = ClassificationBatch(
      tokens: [4, 5, 6, 7, 8, 0, 9, 0, 0], width: 3, lengths: [3, 2, 1], labels: [0, 2, 1])
    func gradient(of seeds: [UInt64], cores: Int) -> [UInt32] {
      let gradient = ShardedGradient(of: model, shards: 3, precision: precision, blas: .opened)
      for seed in seeds {
        let weights = ParameterBuffer(model.layout, initializedFrom: RandomSource(seed: seed))
        _ = gradient.compute(model, batch, weights, random: RandomSource(seed: 0), cores: cores)
      }
      let values = gradient.mean.flat
      return values.indices.map { values[$0].bitPattern }
    }
    #expect(gradient(of: [1, 2], cores: 1) == gradient(of: [2], cores: 2))
    #expect(gradient(of: [1], cores: 1) != gradient(of: [2], cores: 1))
  }
}
