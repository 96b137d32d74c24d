import Glibc

/// The variables of this process's environment.
package enum ProcessEnvironment {
  /// `NAME=value` of all of them.
  package static var all: [String] {
    var variables: [String] = []
    var place = unsafe environ
    while let variable = unsafe place.pointee {
      variables.append(unsafe String(cString: variable))
      unsafe place += 1
    }
    return variables
  }

  package static func value(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }
}
