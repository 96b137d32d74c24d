import Diagnostics
import Pipelines
import Text

/// A stage that treats text in a way that a model repeats on raw text.
///
/// Its transform is all a model needs to treat raw text as the training text was treated.
package protocol TextStep: Stage {
  var columns: TextColumns { get }

  /// The change to each field.
  ///
  /// - Parameter resources: the bytes behind a line of the key, such as `merges`.
  func transform(_ resources: Resources) throws(Diagnostic) -> any FieldTransform
}

/// A step that brings rows of tokens to one length, which cuts long ones and fills up short ones.
///
/// A model repeats the cutting alone: filling up changes nothing for it.
package protocol PadsRows: TextStep {
  /// What a model calls the length that was measured, told from the option `length`.
  static var measuredLength: String { get }
}

/// A step that may cut text as the Moses toolkit does.
package protocol FollowsMoses: TextStep {
  /// Whose rules it follows; nil when it follows others.
  var mosesLanguage: MosesLanguage? { get }
  /// Whether it writes some characters as Moses's entities.
  var writesEntities: Bool { get }
}

/// A step that cuts tokens into pieces.
package protocol CutsTokens: TextStep {
  /// What ends a piece that goes on.
  var separator: String { get }
}

/// A step that changes text in a way that can be undone, so that a model's tokens become text.
package protocol Reversible: TextStep {
  /// What undoes the change; nil when there is nothing to undo.
  func reversal() -> (any FieldTransform)?
}
