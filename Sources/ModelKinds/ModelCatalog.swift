import Pipelines

/// Every kind of model a program knows.
package struct ModelCatalog: Sendable {
  /// The first is the one that `train` trains by default.
  package let kinds: [any ModelKind.Type]
  /// The ways of giving a model to other programs.
  package let exports: [any ModelExport.Type]
  /// The kinds of stages that chains of text are made of.
  package let stages: StageCatalog

  package init(
    _ kinds: [any ModelKind.Type], exports: [any ModelExport.Type], stages: StageCatalog
  ) {
    self.kinds = kinds
    self.exports = exports
    self.stages = stages
  }

  package subscript(name: String) -> (any ModelKind.Type)? { kinds.first { $0.name == name } }

  package var names: [String] { kinds.map { $0.name } }
}

extension ModelCatalog {
  /// The kinds' paragraphs in the manual of `train`.
  package var manuals: [String] { kinds.map { $0.manual }.filter { !$0.isEmpty } }

  /// The way to other programs that there is for a kind of model, the first one that is for it.
  package func export(of kind: any ModelKind.Type) -> (any ModelExport.Type)? {
    exports.first { $0.isFor(kind) }
  }

  /// The settings that choose a fitting model, for remedies.
  package func spelling(where isFitting: (any ModelKind.Type) -> Bool) -> String {
    kinds.filter(isFitting).map { "model = \"\($0.name)\"" }.joined(separator: " or ")
  }
}
