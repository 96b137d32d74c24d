import Glibc

/// The variables of the process's environment.
enum Environment {
  /// The value of a variable that is set to something.
  static func value(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
