import Datasets
import Diagnostics
import Fixtures
import Layers
import Models
import Tensors
import Testing
import Training

struct EvaluatorTests {
  private static let model = MeanClassifier(
    vocabularySize: Sample.vocabularySize, classCount: Sample.classCount)
  private static let weights = ParameterBuffer(
    model.layout, initializedFrom: RandomSource(seed: 3))
  private static let inferred = model.inferenceWeights(weights, blas: .opened)

  private func probabilities(
    _ examples: Examples<ClassificationBatch>, limit: BatchLimit, cores: Int
  ) throws -> (rows: [[Float]], loss: Loss) {
    var rows: [[Float]] = []
    let evaluator = Evaluator(Self.model, limit: limit, cores: cores, blas: .opened)
    let loss = try evaluator.evaluate(examples, with: Self.inferred) { row, values in
      #expect(row == rows.count)
      rows.append(values.indices.map { values[$0] })
    }
    return (rows, loss)
  }

  @Test func `each row gets in its place what it gets alone`() throws {
    let examples = Sample(rows: 200).examples
    let (rows, loss) = try probabilities(examples, limit: BatchLimit(rows: 7), cores: 2)
    #expect(rows.count == 200)
    let tape = Tape(.opened)
    var sum = 0.0
    for row in 0..<200 {
      let batch = try examples.batch([Int32(row)])
      let alone = Self.model.predict(batch, with: Self.inferred, on: tape)
      for c in alone.indices { #expect(abs(alone[c] - rows[row][c]) < 1e-6) }
      sum += Self.model.loss(of: batch, parameters: Self.weights, on: tape).sum
    }
    #expect(loss.weight == 200)
    #expect(abs(loss.sum - sum) < 1e-3)
  }

  @Test func `one core and two give the same bits, over more rows than are held at a time`() throws
  {
    let examples = Sample(rows: 9000).examples
    let one = try probabilities(examples, limit: BatchLimit(tokens: 200), cores: 1)
    let two = try probabilities(examples, limit: BatchLimit(tokens: 200), cores: 2)
    #expect(one.rows.count == 9000)
    #expect(one.rows == two.rows)
    #expect(one.loss == two.loss)
  }

  @Test func `a failing batch ends the evaluation with its error`() {
    let examples = Examples<ClassificationBatch>(lengths: [[1]], number: { Int64($0) }) {
      _ throws(Diagnostic) in throw Diagnostic(.init("the file is gone"))
    }
    #expect(throws: Diagnostic.self) {
      try Evaluator(Self.model, cores: 2, blas: .opened).evaluate(examples, with: Self.inferred)
    }
  }
}
