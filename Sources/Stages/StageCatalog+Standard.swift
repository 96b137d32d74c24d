import Pipelines

extension StageCatalog {
  /// Every stage kind this program ships; a new kind is one file in `Kinds` and one line here.
  package static let standard = StageCatalog([
    Load.self, Clean.self, Tokenize.self, Detokenize.self, LearnBPE.self, ApplyBPE.self, Split.self,
    LearnVocabulary.self, ImportVocabulary.self, Pad.self, Binarize.self, Encode.self, Train.self,
    ImportConvS2S.self, Predict.self, Translate.self, Evaluate.self, RunCommand.self,
    ImportMerges.self, ImportModel.self,
  ])
}
