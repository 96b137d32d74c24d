/// What a stage needs of the machine it runs on, as `needs` of its table says; part of no key.
package struct StageNeeds: Hashable, Sendable {
  static let option = "needs"

  package var cores: Int?
  /// In bytes.
  package var memory: Int?
  package var seconds: Double?
}
