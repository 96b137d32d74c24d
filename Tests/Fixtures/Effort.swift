import Foundation

/// How much the tests try that draw what they do at random: seconds of it, or a night.
///
/// `MILLRACE_NIGHTLY=1` asks for the night. `MILLRACE_SEED=17` has every such test try that seed alone,
/// to look at one that failed.
package enum Effort {
  package static let isNightly = ProcessInfo.processInfo.environment["MILLRACE_NIGHTLY"] == "1"

  /// The seeds to try.
  package static func seeds(_ usual: Int, atNight: Int) -> [UInt64] {
    if let text = ProcessInfo.processInfo.environment["MILLRACE_SEED"], let seed = UInt64(text) {
      return [seed]
    }
    return Array(0..<UInt64(rounds(usual, atNight: atNight)))
  }

  /// How often to try.
  package static func rounds(_ usual: Int, atNight: Int) -> Int { isNightly ? atNight : usual }
}
