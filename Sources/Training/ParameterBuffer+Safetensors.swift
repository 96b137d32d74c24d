import Diagnostics
import Files
import Formats
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
  /// Tensors that the layout does not name are left alone. All shapes are compared before memory is
  /// taken, which is then no more than the file has bytes.
  package convenience init(
    _ layout: ParameterLayout, from file: SafetensorsFile, prefix: String = ""
  ) throws(Diagnostic) {
    try Self.requireShapes(of: layout, in: file, prefix: prefix)
    self.init(layout)
    for entry in layout.entries {
      try file.withValues(prefix + entry.name) { (values: Span<Float>) in
        let own = self[entry]
        for i in own.indices { own[i] = values[i] }
      }
    }
  }

  /// Makes sure that a tensor file holds every parameter of a layout in its shape.
  package static func requireShapes(
    of layout: ParameterLayout, in file: SafetensorsFile, prefix: String = ""
  ) throws(Diagnostic) {
    for entry in layout.entries {
      let stored = try file.entry(prefix + entry.name, of: .float32)
      guard stored.shape == entry.shape.extents else {
        throw Diagnostic(.otherShape(file.path, stored, wanted: entry.shape))
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
      try sink.write(tensor)
    }
  }

  /// The parameter of that name.
  package subscript(name: String) -> Tensor? { layout[name].map { self[$0] } }
}

extension ByteSink where Self: ~Copyable {
  /// Writes the values of a tensor, row after row.
  package mutating func write(_ tensor: Tensor) throws(Diagnostic) {
    // Whoever stores weights owns them: no step changes them meanwhile.
    try write(elements: unsafe tensor.span)
  }
}

extension Diagnostic.Message {
  static func otherShape(_ file: String, _ stored: TensorEntry, wanted: Shape) -> Self {
    Self(
      "'\(file)' holds '\(stored.name)' with shape \(stored.shape), the model wants \(wanted)",
      remedy: "give the model the options the file was made with")
  }
}
