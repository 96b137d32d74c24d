import Diagnostics
import Glibc
import Pipelines

/// The environment of a command: what is declared, and the little that every program needs.
struct CommandEnvironment: Sendable {
  /// Passed on without being part of the key: where programs and temporary files are.
  private static let passed = ["PATH", "HOME", "TMPDIR"]

  private let declared: [String]

  /// Declares the option `environment`; the values are part of the key.
  init(from options: inout StageOptions) {
    let words = options.texts(
      "environment", default: [],
      "variables that it sees: NAME for one of yours, whose value is part of the key, or NAME=value"
    )
    var declared: [String] = []
    for word in words {
      if word.contains("=") {
        declared.append(word)
      } else if let value = options.value(ofVariable: word) {
        options.key("environment.\(word)", .text(value))
        declared.append("\(word)=\(value)")
      } else {
        options.reject("environment", .unset(word))
      }
    }
    self.declared = declared
  }

  /// `NAME=value` of all variables; a declared one wins.
  func variables(_ own: [String]) -> [String] {
    let names = Set(declared.map { $0.prefix { $0 != "=" } })
    let passed = Self.passed.compactMap { name in
      names.contains(name[...]) ? nil : Self.value(of: name).map { "\(name)=\($0)" }
    }
    let language = names.contains("LC_ALL") ? [] : ["LC_ALL=C.UTF-8"]
    return passed + language + declared + own
  }

  private static func value(of name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }
}

extension Diagnostic.Message {
  fileprivate static func unset(_ name: String) -> Self {
    Self(
      "the environment variable \(name) is not set",
      remedy: "set it, or give it a value here: \"\(name)=…\"")
  }
}
