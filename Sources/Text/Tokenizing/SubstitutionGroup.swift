/// Substitutions that are made one after the other, and what a text must have for one to be made.
struct SubstitutionGroup: Sendable {
  private let substitutions: [Substitution]
  private let anchors: UnitFilter

  init(_ substitutions: [Substitution]) {
    self.substitutions = substitutions
    var anchors = UnitFilter()
    for substitution in substitutions { anchors.insert(substitution.anchor) }
    self.anchors = anchors
  }

  /// - Returns: whether the text may have changed.
  @discardableResult
  func apply(to text: inout ScalarText) -> Bool {
    guard text.present.mayShare(with: anchors) else { return false }
    for substitution in substitutions { substitution.apply(to: &text) }
    return true
  }
}
