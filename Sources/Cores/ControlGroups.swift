import FoundationEssentials

/// The control groups of this process that count its memory, of either version.
enum ControlGroups {
  private static let root = "/sys/fs/cgroup"

  /// What a file says in the process's own group and in the outermost that it can see.
  ///
  /// - Parameter first: what the file is called in groups of version 1.
  static func texts(of name: String, orOfFirstVersion first: String) -> [String] {
    var files = ["\(root)/\(name)", "\(root)/memory/\(first)"]
    for line in text(of: "/proc/self/cgroup").split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      if parts[1].isEmpty { files.append("\(root)\(parts[2])/\(name)") }
      if parts[1].split(separator: ",").contains("memory") {
        files.append("\(root)/memory\(parts[2])/\(first)")
      }
    }
    return files.map(text)
  }

  private static func text(of file: String) -> String {
    String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
  }
}
