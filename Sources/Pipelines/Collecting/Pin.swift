import Artifacts
import Diagnostics

/// Results that a person wants kept, whatever else is removed.
package struct Pin: Sendable {
  package let name: String
  /// What it is, in the words it was named with: `pipelines/trec.toml train`.
  package let about: String
  /// Work whose outputs are all kept.
  package var keys: [Digest] = []
  /// Single artifacts.
  package var objects: [Digest] = []
  /// Runs whose journals and results are kept.
  package var runs: [String] = []

  package init(name: String, about: String) {
    self.name = name
    self.about = about
  }

  init(name: String, text: String) {
    self.init(
      name: name, about: Self.values(of: "about", in: text).first ?? "")
    keys = Self.values(of: "key", in: text).compactMap { Digest(hex: $0[...]) }
    objects = Self.values(of: "object", in: text).compactMap { Digest(hex: $0[...]) }
    runs = Self.values(of: "run", in: text)
  }

  private static func values(of field: String, in text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      line.hasPrefix("\(field)\t") ? String(line.dropFirst(field.count + 1)) : nil
    }
  }

  private var text: String {
    let words = about.split(whereSeparator: \.isNewline).joined(separator: " ")
    return "about\t\(words)\n" + keys.map { "key\t\($0)\n" }.joined()
      + objects.map { "object\t\($0)\n" }.joined() + runs.map { "run\t\($0)\n" }.joined()
  }

  /// Keeps the pin in a store, in the place of one with the same name.
  ///
  /// - Throws: when the name could not be a file's.
  package func save(in store: ArtifactStore) throws(Diagnostic) {
    let isName = name.utf8.allSatisfy { byte in
      byte >= 0x80 || byte != UInt8(ascii: "/") && byte > 0x20 && byte != 0x7F
    }
    guard isName, !name.isEmpty, !name.hasPrefix("."), name.utf8.count <= 200 else {
      throw Diagnostic(.notAPinName(name))
    }
    try store.setPin(named: name, to: text)
  }

  /// Every pin of a store, by name.
  ///
  /// - Throws: when one of them cannot be read.
  package static func all(in store: ArtifactStore) throws(Diagnostic) -> [Pin] {
    var pins: [Pin] = []
    for name in try store.pinNames() {
      guard let text = try store.pin(named: name) else { continue }
      pins.append(Pin(name: name, text: text))
    }
    return pins
  }
}

extension Diagnostic.Message {
  fileprivate static func notAPinName(_ name: String) -> Self {
    Self(
      "a pin cannot be called '\(name)'",
      remedy: "use letters, digits, '-', '_' and '.', as in --name best-model")
  }
}
