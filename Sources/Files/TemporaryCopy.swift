import Diagnostics
import Glibc

/// What a pipe gave, kept in a file without a name so that it can be read more than once.
///
/// It lies in the folder that `TMPDIR` names, else in `/tmp`, and is gone with the value.
package final class TemporaryCopy: Sendable {
  private let file: OpenFile

  /// Reads a pipe to its end, gzip undone.
  package init(of input: inout InputFile) throws(Diagnostic) {
    let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    file = try OpenFile.withoutName(in: folder)
    var bytes: [UInt8] = []
    while try input.read(into: &bytes, atMost: 1 << 18) > 0 {
      try file.write(bytes.span)
      bytes.removeAll(keepingCapacity: true)
    }
  }

  /// What opens the copy anew, from its start, as long as the value lives.
  package var path: String { "/proc/self/fd/\(file.descriptor)" }
}
