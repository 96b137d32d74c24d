import Pipelines
import Text

extension StageOptions {
  /// Reads a list of regular expressions, none unless given; one that is none is reported.
  mutating func patterns(_ name: String, _ meaning: String) -> [String] {
    let patterns = texts(name, default: [], meaning)
    if let problem = problem(ofPatterns: patterns) { reject(name, problem) }
    return patterns
  }
}
