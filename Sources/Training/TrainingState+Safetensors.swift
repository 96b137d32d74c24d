import Diagnostics
import Digests
import Files
import Formats
import Tensors

// A state as a tensor file: `weights.…`, `best.…` when there is a best epoch, `epoch-N.…` for each
// epoch that is to be averaged, and for each of the optimiser's buffers `optimizer.NAME.…`; the metadata's `state` holds the rest as JSON.
extension TrainingState {
  package static let format = "millrace training 1"

  /// Each buffer with the prefix of its tensors' names.
  private var buffers: [(prefix: String, buffer: ParameterBuffer)] {
    [("weights.", weights)] + (best.map { [("best.", $0)] } ?? [])
      + kept.map { (Self.prefix(ofEpoch: $0.epoch), $0.weights) }
      + zip(optimizer.rule.moments, optimizer.moments).map { ("optimizer.\($0).", $1) }
  }

  private static func prefix(ofEpoch epoch: Int) -> String { "epoch-\(epoch)." }

  /// Writes the state as a tensor file: equal trainings give equal bytes.
  package func write<Sink: ByteSink & ~Copyable>(into sink: inout Sink) throws(Diagnostic) {
    let buffers = buffers
    let writer = SafetensorsWriter(
      buffers.flatMap { ParameterBuffer.declarations(of: $0.buffer.layout, prefix: $0.prefix) },
      metadata: [("format", Self.format), ("state", json.compact), ("digest", digest)])
    try writer.write(into: &sink) { declaration, sink throws(Diagnostic) in
      try sink.write(Self.tensor(named: declaration.name, in: buffers))
    }
  }

  private static func tensor(
    named name: String, in buffers: [(prefix: String, buffer: ParameterBuffer)]
  ) -> Tensor {
    for (prefix, buffer) in buffers where name.hasPrefix(prefix) {
      if let tensor = buffer[String(name.dropFirst(prefix.count))] { return tensor }
    }
    preconditionFailure("no tensor is named \(name)")
  }

  /// Reads a state that a training of this layout and rule wrote.
  package static func read(
    _ file: SafetensorsFile, layout: ParameterLayout, rule: any UpdateRule
  ) throws(Diagnostic) -> TrainingState {
    let state = try unverified(file, layout: layout, rule: rule)
    guard file.metadata("digest") == state.digest else {
      throw Diagnostic(.damagedTraining(file.path))
    }
    return state
  }

  /// What a file says, before its digest is compared.
  private static func unverified(
    _ file: SafetensorsFile, layout: ParameterLayout, rule: any UpdateRule
  ) throws(Diagnostic) -> TrainingState {
    guard file.metadata("format") == format, let text = file.metadata("state") else {
      throw Diagnostic(.notATraining(file.path))
    }
    let json = try JSONValue(parsing: text, file: "\(file.path) (state)")
    guard let progress = SavedProgress(json: json) else {
      throw Diagnostic(.notATraining(file.path))
    }
    var moments: [ParameterBuffer] = []
    for name in rule.moments {
      moments.append(try ParameterBuffer(layout, from: file, prefix: "optimizer.\(name)."))
    }
    var kept: [KeptWeights] = []
    for epoch in progress.keptEpochs {
      let weights = try ParameterBuffer(layout, from: file, prefix: prefix(ofEpoch: epoch))
      kept.append(KeptWeights(epoch: epoch, weights: weights))
    }
    return TrainingState(
      weights: try ParameterBuffer(layout, from: file, prefix: "weights."),
      best: progress.hasBest ? try ParameterBuffer(layout, from: file, prefix: "best.") : nil,
      kept: kept,
      optimizer: Optimizer(
        rule, steps: progress.steps, previousRate: progress.previousRate, moments: moments),
      history: progress.history, batch: progress.batch, sums: progress.sums)
  }

  /// The digest of all that the file holds, because a checkpoint is in no store that would know it.
  private var digest: String {
    var hash = BLAKE3()
    hash.update(json.compact.utf8.span)
    for (_, buffer) in buffers {
      let values = unsafe buffer.flat.span
      unsafe values.withUnsafeBytes { unsafe hash.update($0.bindMemory(to: UInt8.self).span) }
    }
    return hash.finalize().description
  }

  private var json: JSONValue {
    SavedProgress(
      steps: optimizer.steps, previousRate: optimizer.previousRate, batch: batch,
      hasBest: best != nil, keptEpochs: kept.map(\.epoch), sums: sums, history: history
    ).json
  }
}

extension Diagnostic.Message {
  static func notATraining(_ file: String) -> Self {
    Self("'\(file)' does not hold a training", remedy: "give the state that a training wrote")
  }

  static func damagedTraining(_ file: String) -> Self {
    Self("'\(file)' is damaged: its digest is another", remedy: "remove it and train again")
  }
}
