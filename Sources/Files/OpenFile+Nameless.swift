import Diagnostics
import Glibc

/// Files without a name, of which nothing is left when this program dies, however it dies.
extension OpenFile {
  /// `O_TMPFILE`, which Swift does not import.
  private static let nameless: Int32 = 0o20_000_000 | O_DIRECTORY

  /// What leads to a file that has no name.
  private static func namelessPath(_ descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

  /// Whether the file was made without a name.
  var isNameless: Bool { path == Self.namelessPath(descriptor) }

  /// Makes a file in the folder of a path; nil where the file system has none without names.
  init?(namelessBeside path: String, in files: any FileSystem) {
    let folder = Folder.above(path)
    let flags = O_RDWR | O_CLOEXEC | Self.nameless
    let opened = Self.retried {
      files.perform(.open(path: folder, flags: flags)) { Int(unsafe open(folder, flags, 0o666)) }
    }
    let descriptor = Int32(opened)
    self.init(
      descriptor: descriptor, path: Self.namelessPath(descriptor), shownAs: path, in: files)
    // Without this path it could not be given a name.
    guard descriptor >= 0, unsafe access(self.path, F_OK) == 0 else { return nil }
  }

  /// Makes a file to be written and read, which loses its name at once, on any file system.
  package static func withoutName(
    in folder: String, in files: any FileSystem = SystemFiles()
  ) throws(Diagnostic) -> OpenFile {
    for number in 1...1_000 {
      let path = "\(folder)/millrace-\(getpid())-\(number)"
      guard let file = try OpenFile(creating: path, in: files) else { continue }
      _ = unsafe unlink(path)
      return file
    }
    throw Diagnostic(.cannot("make a file in", folder, code: EEXIST))
  }

  /// Gives the file a name; false when it is taken.
  func name(_ path: String) throws(Diagnostic) -> Bool {
    let result = files.perform(.link(from: self.path, to: path)) {
      Int(unsafe linkat(AT_FDCWD, self.path, AT_FDCWD, path, AT_SYMLINK_FOLLOW))
    }
    if result == 0 { return true }
    guard errno == EEXIST else { throw Diagnostic(.cannot("make the file", shownPath)) }
    return false
  }
}
