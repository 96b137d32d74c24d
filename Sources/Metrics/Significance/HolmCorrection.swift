/// P-values of several tests made at once, each raised so that together they err as rarely as one.
///
/// Holm 1979. Complexity: O(n log n).
package func holmCorrected(_ pValues: [Double]) -> [Double] {
  var corrected = pValues
  var largest = 0.0
  for (rank, place) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
    largest = max(largest, Double(pValues.count - rank) * pValues[place])
    corrected[place] = min(1, largest)
  }
  return corrected
}
