import Diagnostics
import Formats
import Text

extension Merges {
  /// Reads the merges in a tokenizer.json of Hugging Face's tokenizers.
  ///
  /// - Throws: when it is of no byte-pair model, or of one that does not mark ends of words `</w>`.
  init(tokenizer bytes: [UInt8], file: String) throws(Diagnostic) {
    let model = try JSONValue(parsing: bytes, file: file)["model"]
    guard model?["type"].map({ $0.stringValue == "BPE" }) ?? true,
      let list = model?["merges"]?.arrayValue
    else { throw Diagnostic(.noPairModel(file)) }
    var merges: [Merge] = []
    for element in list {
      let parts =
        element.arrayValue?.compactMap(\.stringValue)
        ?? element.stringValue?.split(separator: " ", omittingEmptySubsequences: false)
        .map(String.init) ?? []
      guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && !$0.contains(" ") }) else {
        throw Diagnostic(.noPairOfSymbols(file, element.compact))
      }
      merges.append(Merge(left: Array(parts[0].utf8), right: Array(parts[1].utf8)))
    }
    self.init(merges)
    try requireWordEnds(file: file)
  }
}

extension Diagnostic.Message {
  fileprivate static func noPairModel(_ file: String) -> Self {
    Self(
      "'\(file)' is no tokenizer.json of a byte-pair model",
      remedy: "give one whose model has the type BPE, or merges.txt")
  }

  fileprivate static func noPairOfSymbols(_ file: String, _ element: String) -> Self {
    Self(
      "'\(file)' has a merge that is no pair of symbols: \(element.prefix(80))",
      remedy: "save the tokenizer again")
  }
}
