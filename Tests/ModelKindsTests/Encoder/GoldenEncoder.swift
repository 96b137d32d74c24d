import Datasets
import Files
import Fixtures
import Formats
import Foundation
import Layers
import ModelKinds
import Models
import Tensors
import Testing

/// A folder with an encoder as transformers wrote it, and what transformers made of a batch.
struct GoldenEncoder {
  let folder: URL
  let golden: SafetensorsFile
  let encoder: Encoder
  let weights: ParameterBuffer

  /// Every folder of golden numbers whose name begins so.
  static func all() throws -> [GoldenEncoder] {
    try Folders.reference(prefix: "golden", ending: ".safetensors")
      .map { $0.deletingLastPathComponent() }
      .filter { $0.lastPathComponent.hasPrefix("encoder-") }
      .map { try GoldenEncoder($0) }
  }

  init(_ folder: URL) throws {
    self.folder = folder
    golden = try SafetensorsFile(path: folder.appending(path: "golden.safetensors").path)
    let hasPooled = golden["output.pooled"] != nil || golden["output.logits"] != nil
    (encoder, weights) = try Self.read(
      folder, pooling: hasPooled ? .pooled : .mean,
      head: golden["output.logits"] == nil ? .unused : .read)
  }

  /// The encoder in a folder, as a classifier or not.
  static func read(
    _ folder: URL, pooling: Encoder.Pooling, head: EncoderTensors.Head
  ) throws -> (Encoder, ParameterBuffer) {
    let path = folder.appending(path: "config.json").path
    var configuration = try Encoder.Configuration(
      huggingFace: JSONValue(parsing: Array(Data(contentsOf: URL(filePath: path))), file: path),
      file: path)
    configuration.pooling = pooling
    let encoder = Encoder(configuration)
    let file = try SafetensorsFile(reading: folder.appending(path: "model.safetensors").path)
    let (weights, _) = try EncoderTensors(file).parameters(
      for: encoder, head: head, drawnFrom: RandomSource(seed: 1))
    return (encoder, weights)
  }

  /// The real words of the batch.
  func rows(on tape: Tape) throws -> EncoderRows { try PaddedRows(golden).rows(on: tape) }
}

/// Rows filled up with padding, as transformers reads them.
struct PaddedRows {
  let tokens: [Int32]
  let segments: [Int32]
  let lengths: [Int32]
  let width: Int

  init(_ golden: SafetensorsFile) throws {
    tokens = try golden.values("input.tokens")
    let mask: [Int32] = try golden.values("input.mask")
    let width = try #require(golden["input.tokens"]).shape[1]
    segments =
      golden["input.segments"] == nil
      ? tokens.map { _ in 0 } : try golden.values("input.segments")
    lengths = (0..<tokens.count / width).map { row in
      mask[row * width..<(row + 1) * width].reduce(0, +)
    }
    self.width = width
  }

  func rows(on tape: Tape) -> EncoderRows {
    EncoderRows(ids: real(tokens), segments: real(segments), lengths: lengths, on: tape)
  }

  /// What is not padding, row after row.
  private func real(_ values: [Int32]) -> [Int32] {
    lengths.enumerated().flatMap { row, length in
      values[row * width..<row * width + Int(length)]
    }
  }

  /// The states of joined words with zeros in the places of padding.
  func padded(_ states: Tensor) -> [Float] {
    var padded = [Float](repeating: 0, count: lengths.count * width * states.columns)
    var word = 0
    for (row, length) in lengths.enumerated() {
      let count = Int(length) * states.columns
      for i in 0..<count {
        padded[row * width * states.columns + i] = states[word * states.columns + i]
      }
      word += Int(length)
    }
    return padded
  }
}

extension Tensor {
  var array: [Float] { indices.map { self[$0] } }
}

/// Expects values within a part of the largest of those that another program gave.
///
/// - Parameter floor: what is taken for the largest where that is smaller.
func expect(
  _ found: [Float], as name: String, in golden: SafetensorsFile, tolerance: Float = 1e-4,
  floor: Float = 0
) throws {
  let stored: [Float] = try golden.values(name)
  try #require(found.count == stored.count, "\(name) of \(golden.path)")
  let largest = stored.reduce(floor) { max($0, abs($1)) }
  let worst = zip(found, stored).reduce(0) { max($0, abs($1.0 - $1.1)) }
  #expect(worst <= tolerance * largest, "\(name) of \(golden.path): off by \(worst) of \(largest)")
}
