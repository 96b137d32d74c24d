import Chains
import Diagnostics
import Pipelines
import Tensors

/// A kind of classifier that weighs n-grams: what is the same however the weights are found.
package protocol NGramClassifierKind: ClassifierKind {}

extension NGramClassifierKind {
  package var outputs: [Port] { [Port(.model)] }

  package static func classifier(
    _ model: StoredModel, in precision: Precision
  ) throws(Diagnostic) -> any TrainedClassifier {
    try NGramClassifier(model)
  }

  package static func details(of model: StoredModel) throws(Diagnostic) -> [ModelDetail] {
    try NGramEffects(model).map { [$0.detail] } ?? []
  }
}
