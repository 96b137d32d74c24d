/// A BLEU score and what it is made of.
package struct BLEUScore: Hashable, Sendable {
  /// In percent.
  package let value: Double
  /// For each order, how many n-grams of the hypotheses are in a reference, as smoothed by `add-k`.
  package let matches: [Double]
  /// For each order, how many n-grams the hypotheses have, as smoothed by `add-k`.
  package let totals: [Double]
  /// For each order, in percent.
  package let precisions: [Double]
  package let brevityPenalty: Double
  package let hypothesisLength: Int
  package let referenceLength: Int

  /// Hypothesis length over reference length.
  package var lengthRatio: Double {
    referenceLength == 0 ? 0 : Double(hypothesisLength) / Double(referenceLength)
  }
}

extension BLEUScore: CustomStringConvertible {
  /// As sacreBLEU prints it: `BLEU = 50.18 82.4/57.1/45.5/37.5 (BP = 0.943 ratio = …)`.
  package var description: String { "BLEU = \(fixed(value, digits: 2)) \(details)" }

  /// What sacreBLEU prints after the score: precisions, brevity penalty and lengths.
  package var details: String {
    let precisions = precisions.map { fixed($0, digits: 1) }.joined(separator: "/")
    return "\(precisions) (BP = \(fixed(brevityPenalty, digits: 3)) "
      + "ratio = \(fixed(lengthRatio, digits: 3)) "
      + "hyp_len = \(hypothesisLength) ref_len = \(referenceLength))"
  }
}
