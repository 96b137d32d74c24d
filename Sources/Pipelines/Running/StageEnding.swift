import Diagnostics
import Digests

/// How the work on a stage ended; what it made is in the store.
package enum StageEnding: Sendable {
  case ran(seconds: Double)
  /// Another process held the key and has recorded it meanwhile.
  case madeByAnother
  case failed(Diagnostic, seconds: Double)
  case stopped(seconds: Double)
  /// An artifact that the stage reads, or one that its inputs were made from, is not there: its bytes
  /// were evicted, are damaged, or cannot be read, as the diagnostic says.
  case missing(Digest, Diagnostic, seconds: Double)
}
