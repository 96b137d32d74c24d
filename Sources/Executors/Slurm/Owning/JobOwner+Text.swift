import Artifacts
import Diagnostics
import Digests
import Formats
import Pipelines

/// An owner of jobs as a text.
extension JobOwner {
  /// The owner of a name; nil when there is none, or it cannot be read.
  init?(named name: String, in store: ArtifactStore) {
    let file = name + Self.suffix
    guard let bytes = try? store.order(named: file),
      let json = try? JSONValue(parsing: bytes, file: file),
      let definition = json["definition"]?.stringValue, let since = json["since"]?.stringValue,
      let host = json["host"]?.stringValue, let arrays = json["arrays"]?.arrayValue,
      let attempts = json["attempts"]?.objectValue
    else { return nil }
    self.init(
      name: name, definition: definition, since: since, host: host,
      command: json["command"].flatMap { DetachedCommand($0) })
    self.arrays = Set(arrays.compactMap(\.stringValue))
    for member in attempts {
      if let key = Digest(hex: member.name) { self.attempts[key] = JobAttempt(member.value) }
    }
  }

  var json: JSONValue {
    [
      "definition": .string(definition), "since": .string(since), "host": .string(host),
      "command": command?.json ?? .null, "arrays": .array(arrays.sorted().map { .string($0) }),
      "attempts": .object(
        attempts.sorted { $0.key < $1.key }.map { .init("\($0.key)", $0.value.json) }),
    ]
  }
}

extension DetachedCommand {
  fileprivate init?(_ json: JSONValue) {
    guard let words = json["words"]?.arrayValue?.compactMap(\.stringValue),
      let folder = json["folder"]?.stringValue, let text = json["text"]?.stringValue
    else { return nil }
    self.init(words: words, folder: folder, text: text)
  }

  fileprivate var json: JSONValue {
    [
      "words": .array(words.map { .string($0) }), "folder": .string(folder), "text": .string(text),
    ]
  }
}
