import Glibc

/// What planning read beside the definition: variables of the environment, and names in folders.
///
/// Files count by their bytes, which are in keys.
package struct Surroundings: Hashable, Sendable {
  /// The values of the variables that were read, by their names; nil for one that is not set.
  package private(set) var variables: [String: String?] = [:]
  /// Whether something depends on which files a folder has.
  package private(set) var hasFolders = false

  /// The value of a variable of the environment, which is noted; nil when it is not set.
  mutating func value(ofVariable name: String) -> String? {
    let value = PathExpansion.environment(name)
    variables[name] = .some(value)
    return value
  }

  mutating func noteFolder() { hasFolders = true }

  mutating func formUnion(_ other: Surroundings) {
    variables.merge(other.variables) { $1 }
    hasFolders = hasFolders || other.hasFolders
  }
}

extension StageOptions {
  /// The value of a variable of the environment; nil when it is not set.
  package mutating func value(ofVariable name: String) -> String? {
    surroundings.value(ofVariable: name)
  }
}
