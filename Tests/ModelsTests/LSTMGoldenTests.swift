import Datasets
import Fixtures
import Layers
import Models
import Tensors
import Testing

struct LSTMGoldenTests {
  @Test func `states, loss and every gradient are PyTorch's`() throws {
    let files = try GoldenFile.all(named: "lstm-")
    for file in files {
      let model = try LSTMClassifier(file)
      let parameters = try file.parameters(model.layout)
      let batch = try file.batch()
      try expectStates(of: model, batch, parameters, file)

      let gradient = ParameterBuffer(model.layout)
      let loss = model.lossAndGradient(
        of: batch, parameters: parameters, into: gradient, on: Tape(.opened), random: .init(seed: 0)
      )
      try file.expect([Float(loss.mean)], as: "output.loss")
      for entry in model.layout.entries {
        let mean = gradient[entry].array.map { $0 / Float(loss.weight) }
        try file.expect(mean, as: "grad.\(entry.name)")
      }
    }
    print("golden lstm-*: \(files.count) files")
  }

  private func expectStates(
    of model: LSTMClassifier, _ batch: ClassificationBatch, _ parameters: ParameterBuffer,
    _ file: GoldenFile
  ) throws {
    let tape = Tape(.opened)
    tape.begin(parameters)
    try file.expect(model.logits(of: batch, on: tape).value.array, as: "output.logits")

    tape.begin(parameters)
    let packing = tape.pack(lengths: batch.lengths)
    let states = model.states(
      of: batch, packing: packing, keepsTopSequence: true, on: tape)
    let hidden = model.configuration.hiddenWidth
    try file.expect(states.flatMap { $0.last.value.directions(hidden) }, as: "output.h")
    try file.expect(states.flatMap { $0.lastCell?.directions(hidden) ?? [] }, as: "output.c")
    let top = try #require(states.last?.sequence?.value)
    var sequence = [Float](repeating: 0, count: batch.rowCount * batch.width * top.columns)
    for step in 0..<packing.stepCount {
      for (place, position) in packing.range(ofStep: step).enumerated() {
        let start = (packing.order[place] * batch.width + step) * top.columns
        let row = top[rows: position..<position + 1].array
        sequence.replaceSubrange(start..<start + top.columns, with: row)
      }
    }
    try file.expect(sequence, as: "output.sequence")
  }
}

extension LSTMClassifier {
  /// The model whose parameters have the shapes in the file.
  init(_ file: GoldenFile) throws {
    let embedding = try #require(file.shapes["model.embedding.weight"])
    let classes = try #require(file.shapes["model.classes.weight"])
    var configuration = Configuration(vocabularySize: embedding[0], classCount: classes[0])
    configuration.embeddingWidth = embedding[1]
    configuration.hiddenWidth = try #require(file.shapes["model.lstm.weight_hh_l0"])[1]
    let recurrent = file.names(after: "model.lstm.weight_hh_l")
    configuration.layerCount = recurrent.filter { !$0.hasSuffix("_reverse") }.count
    configuration.isBidirectional = recurrent.count > configuration.layerCount
    configuration.denseWidth = file.shapes["model.dense.weight"]?[0] ?? 0
    configuration.padding = try #require(file.options["pad"].flatMap { Int($0) })
    self.init(configuration)
  }
}

extension Tensor {
  /// [rows, directions × h] as [directions, rows, h], as PyTorch orders final states.
  fileprivate func directions(_ hidden: Int) -> [Float] {
    let values = array
    return stride(from: 0, to: columns, by: hidden).flatMap { column in
      (0..<rows).flatMap { values[$0 * columns + column..<$0 * columns + column + hidden] }
    }
  }
}
