import Diagnostics
import Formats
import ModelKinds
import Models
import Tensors
import Training

/// The low-rank adapters of an encoder, and its head, as PEFT loads them onto the encoder they were
/// learnt beside.
enum AdapterFolder {
  /// Its name within the folder of the model.
  static let name = "adapter"
  private static let configurationName = "adapter_config.json"
  private static let weightsName = "adapter_model.safetensors"
  /// Before the names of a model's parameters in such a file.
  private static let prefix = "base_model.model."

  static func write(
    _ encoder: Encoder, _ adapters: Encoder.LowRankAdapters, _ weights: ParameterBuffer,
    within folder: String
  ) throws(Diagnostic) {
    var folder = try ExportFolder(name, within: folder)
    try folder.write(configurationName, configuration(encoder, adapters))
    let layers = encoder.configuration.layerCount
    let learnt = encoder.layout.entries.filter {
      Encoder.isAdapter($0.name) || encoder.depth(of: $0.name) > layers
    }
    let writer = SafetensorsWriter(
      learnt.map { .init(prefix + $0.name, .float32, shape: $0.shape.extents) },
      metadata: [("format", "pt")])
    try folder.write(weightsName) { (file) throws(Diagnostic) in
      try writer.write(into: &file) { (declaration, file) throws(Diagnostic) in
        let name = String(declaration.name.dropFirst(prefix.count))
        guard let tensor = weights[name] else { preconditionFailure("no parameter \(name)") }
        try file.write(tensor)
      }
    }
  }

  private static func configuration(
    _ encoder: Encoder, _ adapters: Encoder.LowRankAdapters
  ) -> JSONValue {
    // A regular expression, since the last part of a name is not that of one projection alone.
    let parts = Encoder.Projection.allCases.filter(adapters.projections.contains)
      .map { encoder.name(of: $0).replacing(".", with: "\\.") }
    let head = encoder.configuration.family == .bert ? "pooler" : "pre_classifier"
    return [
      "peft_type": "LORA", "task_type": "SEQ_CLS", "inference_mode": true,
      "base_model_name_or_path": .null, "r": .integer(adapters.rank),
      "lora_alpha": .number(Double(adapters.alpha)), "lora_dropout": 0, "bias": "none",
      "fan_in_fan_out": false,
      "target_modules": .string(".*\\.layer\\.\\d+\\.(\(parts.joined(separator: "|")))"),
      "modules_to_save": ["classifier", .string(head)],
    ]
  }
}
