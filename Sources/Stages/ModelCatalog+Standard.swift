import Interchange
import ModelKinds

extension ModelCatalog {
  /// Every kind of model this program ships; a new one is a folder in `ModelKinds` and one line here.
  package static let standard = ModelCatalog(
    [
      LSTMClassifierKind.self,
      ConvS2SKind.self,
      LogisticRegressionKind.self,
      NaiveBayesKind.self,
      FastTextKind.self,
      MLPKind.self,
      CNNClassifierKind.self,
      EncoderKind.self,
      EnsembleKind.self,
    ], exports: [FairseqExport.self, EncoderExport.self, ClassifierExport.self], stages: .standard)
}
