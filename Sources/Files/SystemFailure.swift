import Diagnostics
import Glibc

/// Why a system call failed.
package enum SystemFailure {
  /// Whether the failure means that there is no file at the path.
  ///
  /// Any other failure does not tell whether there is one: it must be reported, not taken for absence.
  package static func isAbsence(_ code: Int32 = errno) -> Bool { code == ENOENT || code == ENOTDIR }
}

extension Diagnostic.Message {
  /// A system call that failed, in words: `cannot open 'x': No such file or directory`.
  package static func cannot(_ verb: String, _ path: String, code: Int32 = errno) -> Self {
    let reason = unsafe String(cString: strerror(code))
    return Self("cannot \(verb) '\(path)': \(reason)", remedy: remedy(for: code))
  }

  private static func remedy(for code: Int32) -> String? {
    switch code {
    case ENOENT: "check the path; every folder on the way must exist"
    case EACCES, EPERM: "check who may read and write it with 'ls -l'"
    case EISDIR: "name a file in the folder"
    case ENOTDIR: "one part of the path is a file, not a folder"
    case ENOSPC, EDQUOT: "free some space on that disk, then run again"
    case EROFS: "the disk is mounted read-only; choose another place"
    case EIO: "the disk may be failing: look at 'dmesg', and copy what is on it"
    case EMFILE, ENFILE: "raise the limit on open files with 'ulimit -n'"
    case ELOOP: "the path leads through a symbolic link where none is allowed"
    case ENAMETOOLONG: "choose a shorter name or folder: a name takes up to \(NAME_MAX) bytes"
    case EFBIG: "the file passes the size limit; see 'ulimit -f'"
    default: nil
    }
  }
}
