import Glibc

/// The files below a folder that a group shares: what is made there is the group's to change too,
/// whatever rights the makers' masks would leave it.
///
/// A folder is shared that its group may write to, and whose files become the group's: mode 2775.
package struct GroupFiles: FileSystem {
  private static let folderMode = S_ISGID | S_IRWXU | S_IRWXG
  private static let fileMode = S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP

  /// What others than the group may do.
  private let others: mode_t

  /// Nil for a folder that is not there or that no group shares.
  package init?(below folder: String) {
    var status = stat()
    guard unsafe stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
      status.st_mode & S_ISGID != 0, status.st_mode & S_IWGRP != 0
    else { return nil }
    others = status.st_mode & S_IRWXO
  }

  package func perform(_ call: FileCall, _ make: () -> Int) -> Int {
    let result = make()
    guard result >= 0 else { return result }
    switch call {
    case .makeFolder(let path): shareFolder(path)
    case .open(_, let flags) where flags & O_CREAT != 0:
      share(Int32(result), Self.fileMode | others & ~S_IXOTH)
    default: break
    }
    return result
  }

  private func shareFolder(_ path: String) {
    // Another member of the group may have put a link in its place.
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    share(descriptor, Self.folderMode | others)
    close(descriptor)
  }

  /// Gives a file or folder its rights, if it is this user's and has fewer.
  private func share(_ descriptor: Int32, _ mode: mode_t) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_uid == geteuid(),
      status.st_mode & mode != mode
    else { return }
    fchmod(descriptor, mode)
  }
}

extension SystemFiles {
  /// What makes the calls for files below a folder.
  package static func below(_ folder: String) -> any FileSystem {
    GroupFiles(below: folder) ?? SystemFiles()
  }
}
