import Glibc

/// The variables of the environment that a definition may name, in its paths or for its commands.
enum EnvironmentWords {
  /// Every word of the texts that is the name of a variable, with its value.
  static func named(in texts: [String]) -> [(name: String, value: String)] {
    var words: Set<Substring> = []
    for text in texts {
      let parts = text.split { !($0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber)) }
      words.formUnion(parts)
    }
    return words.map(String.init).sorted().compactMap { word in
      PathExpansion.environment(word).map { (word, $0) }
    }
  }

  static func set(_ variables: [(name: String, value: String)]) {
    for (name, value) in variables { _ = unsafe setenv(name, value, 1) }
  }
}
