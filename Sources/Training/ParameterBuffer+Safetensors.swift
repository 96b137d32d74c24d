import Artifacts
import Diagnostics
import Tensors

extension ParameterBuffer {
  /// The declarations of all parameters in a tensor file, their names behind a prefix.
  package static func declarations(
    of layout: ParameterLayout, prefix: String = ""
  ) -> [SafetensorsWriter.Declaration] {
    layout.entries.map { .init(prefix + $0.name, .float32, shape: $0.shape.extents) }
  }

  /// Reads all parameters of a layout from a tensor file, their names behind a prefix.
  ///
  /// Tensors that the layout does not name are left alone.
  package convenience init(
    _ layout: ParameterLayout, from file: SafetensorsFile, prefix: String = ""
  ) throws(Diagnostic) {
    self.init(layout)
    for entry in layout.entries {
      let name = prefix + entry.name
      let stored = try file.entry(name, of: .float32)
      guard stored.shape == entry.shape.extents else {
        throw Diagnostic(.otherShape(file.path, stored, wanted: entry.shape))
      }
      try file.withValues(name) { (values: Span<Float>) in
        var own = self[entry].values
        for i in own.indices { own[i] = values[i] }
      }
    }
  }

  /// Writes the parameters, and nothing else, as a tensor file under their own names.
  package func write<Sink: ByteSink & ~Copyable>(
    into sink: inout Sink, metadata: [(name: String, value: String)] = []
  ) throws(Diagnostic) {
    let writer = SafetensorsWriter(Self.declarations(of: layout), metadata: metadata)
    try writer.write(into: &sink) { declaration, sink throws(Diagnostic) in
      guard let tensor = self[declaration.name] else {
        preconditionFailure("no parameter is named \(declaration.name)")
      }
      try sink.write(elements: tensor.span)
    }
  }

  /// The parameter of that name.
  package subscript(name: String) -> Tensor? { layout[name].map { self[$0] } }
}

extension Diagnostic.Message {
  static func otherShape(_ file: String, _ stored: TensorEntry, wanted: Shape) -> Self {
    Self(
      "'\(file)' holds '\(stored.name)' with shape \(stored.shape), the model wants \(wanted)",
      remedy: "give the model the options the file was made with")
  }
}
