import Diagnostics
import Files
import Formats

/// A folder that a model is written into, file by file.
struct ExportFolder {
  private let path: String
  /// The names of the files that were written, in their order.
  private(set) var names: [String] = []

  init(_ path: String) throws(Diagnostic) {
    try Folder.create(path)
    self.path = path
  }

  /// Writes a file, and replaces one of the same name.
  mutating func write(
    _ name: String, _ body: (inout OutputFile) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    try OutputFile.write("\(path)/\(name)", body)
    names.append(name)
  }

  mutating func write(_ name: String, _ bytes: [UInt8]) throws(Diagnostic) {
    try write(name) { (file) throws(Diagnostic) in try file.write(bytes) }
  }

  mutating func write(_ name: String, _ json: JSONValue) throws(Diagnostic) {
    try write(name, Array((json.pretty + "\n").utf8))
  }
}
