/// Translations of two systems, and what sacreBLEU's paired bootstrap makes of their BLEU.
package struct PairedBootstrapCase: Decodable {
  package let a: [String]
  package let b: [String]
  package let references: [String]
  package let bleu_a: Double
  package let bleu_b: Double
  package let mean_a: Double
  package let ci_a: Double
  package let mean_b: Double
  package let ci_b: Double
  package let p_value: Double
}
