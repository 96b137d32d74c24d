import Diagnostics
import Text

/// The conversion of token ids back to text, by undoing the steps of the target's chain.
package struct TargetText {
  /// The last change first, each with its place in the chain.
  private var reversals: [(step: Int, transform: any FieldTransform)] = []
  package let vocabulary: Vocabulary
  private let silentIDs: [Int]

  /// Reads the steps of a target's chain; those that cannot be undone, such as lower-casing, are
  /// skipped.
  ///
  /// - Throws: when the model was made by another version of a kind.
  package init(_ chain: TextChain, model: String) throws(Diagnostic) {
    for (place, step) in chain.steps.enumerated().reversed() {
      if let reversal = (try step.stage(of: model) as? any Reversible)?.reversal() {
        reversals.append((place, reversal))
      }
    }
    vocabulary = try Vocabulary(lines: chain.vocabulary.span, file: "\(model) (vocabulary)")
    silentIDs = [Vocabulary.Special.padding, .start, .end].compactMap(vocabulary.id(of:))
  }

  /// The tokens of ids between single spaces, special ones left out but for `<unk>`.
  package func tokens(of ids: some Sequence<Int32>) -> String {
    ids.compactMap { id -> String? in
      guard (0..<vocabulary.count).contains(Int(id)), !isSilent(id) else { return nil }
      return String(decoding: vocabulary.word(of: Int(id)), as: UTF8.self)
    }.joined(separator: " ")
  }

  /// Whether an id is that of a special token that is not part of a text.
  package func isSilent(_ id: Int32) -> Bool { silentIDs.contains(Int(id)) }

  /// The text of tokens that are separated by single spaces.
  ///
  /// - Parameters:
  ///   - taken: how many of the chain's steps they have been through; all unless given.
  ///   - left: how many of the first steps are not undone.
  package mutating func text(of tokens: String, after taken: Int = .max, leaving left: Int = 0)
    -> String
  {
    var field = Array(tokens.utf8)
    var output: [UInt8] = []
    for index in reversals.indices where (left..<taken).contains(reversals[index].step) {
      output.removeAll(keepingCapacity: true)
      reversals[index].transform.apply(field.span, of: Origin(line: 1), into: &output)
      swap(&field, &output)
    }
    return String(decoding: field, as: UTF8.self)
  }
}
