import Diagnostics
import Pipelines
import Text

/// A stage that changes text, and whose change a model repeats on raw text.
///
/// Models store such stages, and apply their transforms to raw text as training did.
package protocol TextStep: Stage {
  /// The version of what it does to a text in a model, which rises only when that is something else.
  static var textVersion: Int { get }
  var columns: TextColumns { get }

  /// The change to each field.
  ///
  /// - Parameter resources: gives the bytes of a line of the key, such as `merges`.
  func transform(_ resources: Resources) throws(Diagnostic) -> any FieldTransform
}

extension TextStep {
  package static var textVersion: Int { version }
}

/// A step that brings rows of tokens to one length by cutting and padding them.
///
/// A model repeats only the cutting, since it ignores padding.
package protocol PadsRows: TextStep {
  /// The name under which a model stores the measured length, as opposed to the option `length`.
  static var measuredLength: String { get }
}

/// A step that may cut text as the Moses toolkit does.
package protocol FollowsMoses: TextStep {
  /// Whose rules it follows; nil when it follows others.
  var mosesLanguage: MosesLanguage? { get }
  /// Whether it writes some characters as Moses's entities.
  var writesEntities: Bool { get }
}

/// A step that may cut text into the pieces that an encoder knows.
package protocol FollowsEncoder: TextStep {
  /// The encoder's tokenizer, as the step uses it; nil when it cuts text otherwise.
  func encoderTokenizer(_ resources: Resources) throws(Diagnostic) -> EncoderTokenizer?
}

/// A step that cuts tokens into pieces.
package protocol CutsTokens: TextStep {
  /// The mark at the end of a piece that the next one continues.
  var separator: String { get }
}

/// A step that changes text in a way that can be undone, so that a model's tokens become text.
package protocol Reversible: TextStep {
  /// What undoes the change; nil when there is nothing to undo.
  func reversal() -> (any FieldTransform)?
}
