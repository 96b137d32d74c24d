import Pipelines
import Text

extension StageOptions {
  /// Reads a list of regular expressions, empty by default; a malformed one is reported.
  mutating func patterns(_ name: String, _ meaning: String) -> [String] {
    let patterns = texts(name, default: [], meaning)
    if let problem = problem(ofPatterns: patterns) { reject(name, problem) }
    return patterns
  }
}
