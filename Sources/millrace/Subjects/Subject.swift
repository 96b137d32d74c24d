import Artifacts
import Diagnostics
import Pipelines

/// What the words of a command name.
enum Subject {
  /// A run on record.
  case run(PastRun)
  /// An artifact of the store, whatever definition it was made by.
  case artifact(StoredOutput)
  /// What a pin keeps, unless that is a single artifact.
  case pin(Pin)
  /// A definition by its path, or a part of it.
  case definition(String, PartName?)

  /// Reads one word, or a definition's and one of a part of it.
  ///
  /// - Throws: when a single word names nothing.
  init(_ words: [String], in store: ArtifactStore) throws(Diagnostic) {
    if words.count == 1, let run = try store.run(named: words[0]) {
      self = .run(run)
    } else if words.count == 1, !DefinitionFile.isNamed(by: words[0]),
      let pin = try Pin(named: words[0], in: store)
    {
      let object = pin.keys.isEmpty && pin.runs.isEmpty ? pin.objects.first : nil
      if let object, pin.objects.count == 1 {
        self = .artifact(try StoredOutput(named: "\(object)", in: store))
      } else {
        self = .pin(pin)
      }
    } else if words.count == 1, !DefinitionFile.isNamed(by: words[0]) {
      self = .artifact(try StoredOutput(named: words[0], in: store))
    } else {
      self = .definition(words[0], words.count > 1 ? PartName(words[1]) : nil)
    }
  }
}
