extension Metric {
  /// Every metric, of each kind the most important first; a new metric is added here.
  package static let all: [Metric] = [
    .macroF1, .accuracy, .weightedF1, .logLoss, .microF1,
    .bleu, .tokenizedBLEU, .chrF, .chrFPlusPlus, .ter,
    .perplexity, .negativeLogLikelihood, .loss,
  ]

  /// The metric of a name; nil for other numbers, such as a baseline.
  package static func named(_ name: String) -> Metric? { all.first { $0.name == name } }

  /// The decimals that a number of a name is shown with; four for what is no metric.
  package static func places(of name: String) -> Int { named(name)?.places ?? 4 }

  /// The scores of a classifier on labelled rows.
  package static let ofClasses: [Metric] = all.filter { metric in
    switch metric.basis {
    case .confusion, .probabilities: true
    case .translations, .tokenLosses: false
    }
  }

  /// The scores of translations beside their references.
  package static let ofTranslations: [Metric] = all.filter { metric in
    if case .translations = metric.basis { true } else { false }
  }

  /// The scores of a translator on pairs.
  package static let ofPairs: [Metric] = all.filter { metric in
    if case .tokenLosses = metric.basis { true } else { false }
  }
}
