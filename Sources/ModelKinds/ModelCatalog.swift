/// Every kind of model a program knows.
package struct ModelCatalog: Sendable {
  /// What `train` trains unless told otherwise comes first.
  package let kinds: [any ModelKind.Type]

  package init(_ kinds: [any ModelKind.Type]) { self.kinds = kinds }

  /// Every kind of model this program ships; a new one is one file in `ModelKinds` and one line here.
  package static let standard = ModelCatalog([
    LSTMClassifierKind.self,
    ConvS2SKind.self,
  ])

  package subscript(name: String) -> (any ModelKind.Type)? { kinds.first { $0.name == name } }

  package var names: [String] { kinds.map { $0.name } }
}

extension ModelCatalog {
  /// What the kinds have to say in the manual of `train`, a paragraph each.
  var manuals: [String] { kinds.map { $0.manual }.filter { !$0.isEmpty } }

  /// How a definition asks for a model that fits, for remedies.
  func spelling(where isFitting: (any ModelKind.Type) -> Bool) -> String {
    kinds.filter(isFitting).map { "model = \"\($0.name)\"" }.joined(separator: " or ")
  }
}
