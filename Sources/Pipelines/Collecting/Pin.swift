import Artifacts
import Diagnostics
import Digests

/// Results that a person wants kept, whatever else is removed.
package struct Pin: Sendable {
  package let name: String
  /// The words it was pinned with: `pipelines/trec.toml train`.
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

  /// Reads a pin's text; nil when a line of it means nothing.
  private init?(name: String, text: String) {
    var lines = text.split(separator: "\n")[...]
    guard let about = lines.popFirst(), about.hasPrefix("about\t") else { return nil }
    self.init(name: name, about: String(about.dropFirst("about\t".count)))
    for line in lines {
      let fields = line.split(separator: "\t", maxSplits: 1)
      guard fields.count == 2 else { return nil }
      switch (fields[0], Digest(hex: fields[1])) {
      case ("key", let key?): keys.append(key)
      case ("object", let object?): objects.append(object)
      case ("run", _): runs.append(String(fields[1]))
      default: return nil
      }
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
      if let pin = try Pin(named: name, in: store) { pins.append(pin) }
    }
    return pins
  }

  /// A pin of a store; nil when there is none of that name.
  ///
  /// - Throws: when it cannot be read, or is damaged.
  package init?(named name: String, in store: ArtifactStore) throws(Diagnostic) {
    guard let text = try store.pin(named: name) else { return nil }
    guard case .whole(let text, _) = text, let pin = Pin(name: name, text: text) else {
      throw Diagnostic(.damagedPin(name))
    }
    self = pin
  }
}

extension Diagnostic.Message {
  fileprivate static func damagedPin(_ name: String) -> Self {
    Self(
      "the pin '\(name)' is damaged, so that what it keeps is not known",
      remedy: "pin it again with --name \(name), or let it go with `millrace unpin \(name)`")
  }

  fileprivate static func notAPinName(_ name: String) -> Self {
    Self(
      "a pin cannot be called '\(name)'",
      remedy: "use letters, digits, '-', '_' and '.', as in --name best-model")
  }
}
