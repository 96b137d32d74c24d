import Glibc

/// Corpus BLEU as sacreBLEU 2 computes it.
///
/// Papineni and others 2002; Post 2018.
package struct BLEU: TranslationMetric, Hashable {
  /// What is done about orders without a match (Chen and Cherry 2014).
  package enum Smoothing: Hashable, Sendable {
    case none
    /// Method 1: counts so many matches for an order that has none.
    case floor(Double)
    /// Method 2: adds so much to the matches and totals of every order but the first.
    case addK(Double)
    /// Method 3, of mteval-v13a: the n-th order without a match counts 1/2ⁿ matches.
    case exponential
  }

  package var tokenizer = BLEUTokenizer.thirteenA
  package var lowercase = false
  package var smoothing = Smoothing.exponential
  package var maximumOrder = 4
  /// Leaves out the orders that the hypotheses are too short for.
  package var usesEffectiveOrder = false

  package init() {}

  /// The score of a corpus; `references[r][i]` is the r-th reference of segment i.
  package func score(_ hypotheses: [String], references: [[String]]) -> BLEUScore {
    score(ofSums: statistics(of: hypotheses, against: references).sums())
  }

  package func value(ofSums sums: [Double]) -> Double { score(ofSums: sums).value }

  package func signature(referenceCount: Int) -> String {
    let smooth =
      switch smoothing {
      case .none: "none"
      case .floor(let value): "floor[\(fixed(value, digits: 2))]"
      case .addK(let value): "add-k[\(fixed(value, digits: 2))]"
      case .exponential: "exp"
      }
    return "nrefs:\(referenceCount)|case:\(lowercase ? "lc" : "mixed")"
      + "|eff:\(usesEffectiveOrder ? "yes" : "no")|tok:\(tokenizer.rawValue)|smooth:\(smooth)"
  }

  /// Whether so many hypotheses end in a period set off that they must be tokenised already.
  package static func looksTokenized(_ hypotheses: [String]) -> Bool {
    hypotheses.count { $0.hasSuffix(" .") } >= 100
  }
}

extension BLEU {
  /// Of each segment: its length, the closest reference length, matches and totals by order.
  package func statistics(
    of hypotheses: [String], against references: [[String]]
  ) -> SegmentStatistics {
    var statistics = SegmentStatistics(width: 2 + 2 * maximumOrder)
    var table = NGramTable()
    forEachSegment(hypotheses, references) { hypothesis, references in
      let matches = NGramMatches(
        of: tokens(hypothesis), in: references.map(tokens), maximumOrder: maximumOrder,
        using: &table)
      statistics.append(matches)
    }
    return statistics
  }

  private func tokens(_ text: String) -> [UInt64] {
    lowercase ? tokenizer.hashes(of: lowercased(text).span) : tokenizer.hashes(of: text.utf8.span)
  }

  /// The score of summed statistics.
  package func score(ofSums sums: [Double]) -> BLEUScore {
    var matches = Array(sums[2..<2 + maximumOrder])
    var totals = Array(sums[(2 + maximumOrder)...])
    let (length, referenceLength) = (sums[0], sums[1])
    let penalty =
      length >= referenceLength ? 1 : length > 0 ? exp(1 - referenceLength / length) : 0
    var precisions = [Double](repeating: 0, count: maximumOrder)
    var value = 0.0
    if matches.contains(where: { $0 > 0 }) {
      let order = smooth(&matches, &totals, into: &precisions)
      // A precision of 0 makes the score 0, however little that is said of the logarithm.
      let logarithms = precisions[..<order].map { $0 > 0 ? log($0) : -.infinity }
      value = penalty * exp(logarithms.reduce(0, +) / Double(order))
    }
    return BLEUScore(
      value: value, matches: matches, totals: totals, precisions: precisions,
      brevityPenalty: penalty, hypothesisLength: Int(length), referenceLength: Int(referenceLength))
  }

  /// Fills in the precisions and gives the order up to which they count.
  private func smooth(
    _ matches: inout [Double], _ totals: inout [Double], into precisions: inout [Double]
  ) -> Int {
    var halvings = 1.0
    var effectiveOrder = maximumOrder
    for order in 0..<maximumOrder {
      if case .addK(let k) = smoothing, order > 0 {
        matches[order] += k
        totals[order] += k
      }
      guard totals[order] > 0 else { break }
      if usesEffectiveOrder { effectiveOrder = order + 1 }
      var counted = matches[order]
      if counted == 0 {
        switch smoothing {
        case .exponential:
          halvings *= 2
          counted = 1 / halvings
        case .floor(let value): counted = value
        case .none, .addK: break
        }
      }
      precisions[order] = 100 * counted / totals[order]
    }
    return effectiveOrder
  }
}

extension Metric {
  package static let bleu = Metric(
    "bleu", .translations(BLEU()), better: .higher, places: 2, test: .pairedBootstrap)
}
