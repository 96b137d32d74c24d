import Glibc

/// The machine and the process that this program runs as.
package enum Host {
  package static var processNumber: Int32 { getpid() }

  package static let name: String = {
    var bytes = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&bytes, bytes.count - 1) == 0 else { return "" }
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }()
}
