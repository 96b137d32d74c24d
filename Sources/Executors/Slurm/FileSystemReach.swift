import FoundationEssentials

/// How late other machines may see what one of them writes to a file system.
package enum FileSystemReach {
  /// The kinds of file systems that several machines share, by the start of their names.
  private static let shared = ["nfs", "lustre", "gpfs", "beegfs", "ceph", "cifs", "fuse.sshfs"]

  /// - Parameter path: an absolute one.
  static func patience(for path: String) -> JobVerdict.Patience {
    let mounts = FileManager.default.contents(atPath: "/proc/self/mounts") ?? Data()
    let kind = kind(of: path, in: String(decoding: mounts, as: UTF8.self))
    // What was not there is remembered as such for some 30 s by clients of NFS.
    return shared.contains { kind.hasPrefix($0) }
      ? .init(ended: 60, missing: 90) : .init(ended: 2, missing: 10)
  }

  /// The kind of the file system that a path is in, from lines of `device folder kind options`.
  package static func kind(of path: String, in mounts: String) -> String {
    var found = (folder: Substring(""), kind: Substring(""))
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count >= 3 else { continue }
      let folder = fields[1] == "/" ? "" : fields[1]
      let isAbove = path == folder || path.hasPrefix("\(folder)/")
      // Of two that are mounted at one place, the later one is seen.
      if isAbove, folder.count >= found.folder.count { found = (folder, fields[2]) }
    }
    return String(found.kind)
  }
}
