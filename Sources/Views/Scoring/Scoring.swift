import Metrics

/// How translations are scored beside their references: measures, intervals, and a test of two systems.
package struct Scoring: Sendable {
  /// How systems are compared with the first.
  package enum PairedTest: Sendable {
    case bootstrap(Resampling)
    case randomization(ApproximateRandomization)
  }

  /// The translations of one system.
  package struct System: Sendable {
    package let name: String
    let lines: [String]

    package init(_ name: String, _ lines: [String]) {
      self.name = name
      self.lines = lines
    }

    package var count: Int { lines.count }

    /// Whether BLEU's own tokenizer will meet text that is tokenized already.
    package var looksTokenized: Bool { BLEU.looksTokenized(lines) }
  }

  package var measures: [ScoringMeasure]
  /// How the interval of a score is estimated; nil for none.
  package var interval: Resampling?
  /// nil when there is nothing to compare.
  package var test: PairedTest?

  package init(_ measures: [ScoringMeasure]) { self.measures = measures }

  /// The scores of each system, by measure.
  ///
  /// - Parameter references: sets of as many lines as each system has, and at least one.
  package func scores(of systems: [System], against references: [[String]]) -> [[SystemScore]] {
    let columns = measures.map { measure in
      columnOfScores(systems, references, measure.title, measure.metric)
    }
    return systems.indices.map { system in columns.map { $0[system] } }
  }

  /// The score of each line of a system.
  package func sentenceScores(
    of system: System, against references: [[String]], by measure: ScoringMeasure
  ) -> [SystemScore] {
    let measure = measure.ofSentences
    let statistics = measure.metric.statistics(of: system.lines, against: references)
    let signature = measure.metric.signature(referenceCount: references.count)
    return system.lines.indices.map { line in
      SystemScore(
        system.name, measure.title, measure.metric, statistics.sums(of: [line]), signature)
    }
  }

  private func columnOfScores(
    _ systems: [System], _ references: [[String]], _ title: String,
    _ metric: some TranslationMetric
  ) -> [SystemScore] {
    let statistics = systems.map { metric.statistics(of: $0.lines, against: references) }
    let signature = signature(of: metric, referenceCount: references.count)
    return systems.indices.map { number in
      var score = SystemScore(
        systems[number].name, title, metric, statistics[number].sums(), signature)
      if let interval {
        score.interval = interval.interval(of: statistics[number], scoredBy: metric)
      }
      if number > 0, let test {
        score.pValue = test.pValue(statistics[0], statistics[number], scoredBy: metric)
      }
      return score
    }
  }

  /// sacreBLEU's signature, with what was resampled after the number of references.
  private func signature(of metric: some TranslationMetric, referenceCount: Int) -> String {
    var parts = metric.signature(referenceCount: referenceCount).split(separator: "|")
      .map(String.init)
    let resampled: [String] =
      switch (test, interval) {
      case (.randomization(let test)?, _): ["ar:\(test.trials)", "seed:\(test.seed)"]
      case (_, let interval?): ["bs:\(interval.samples)", "seed:\(interval.seed)"]
      case (.bootstrap(let test)?, nil): ["bs:\(test.samples)", "seed:\(test.seed)"]
      case (nil, nil): []
      }
    parts.insert(contentsOf: resampled, at: 1)
    return parts.joined(separator: "|")
  }
}

extension Scoring.PairedTest {
  fileprivate func pValue(
    _ a: SegmentStatistics, _ b: SegmentStatistics, scoredBy metric: some TranslationMetric
  ) -> Double {
    switch self {
    case .bootstrap(let test): test.pairedBootstrap(a, b, scoredBy: metric).pValue
    case .randomization(let test): test.comparison(a, b, scoredBy: metric).pValue
    }
  }
}
