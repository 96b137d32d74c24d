import Cores
import Foundation

/// The machine that figures are of.
enum Machine {
  /// The processor's name, and how many of its cores this process may use.
  static let name: String = {
    let processors = FileManager.default.contents(atPath: "/proc/cpuinfo") ?? Data()
    let line = String(decoding: processors, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix("model name") }
    let name = line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
    return "\(name ?? "unknown processor"), \(availableCores()) cores"
  }()
}
