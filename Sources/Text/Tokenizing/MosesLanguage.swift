/// A language that has its own Moses rules.
package enum MosesLanguage: String, CaseIterable, Sendable, Hashable {
  case english = "en"
  case german = "de"
  case french = "fr"
}
