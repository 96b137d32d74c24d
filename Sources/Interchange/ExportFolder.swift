import Diagnostics
import Files
import Formats

/// A folder that a model is written into, file by file, and nothing outside of it.
struct ExportFolder {
  private let path: String
  /// The names of the files that were written, in their order.
  private(set) var names: [String] = []

  init(_ path: String) throws(Diagnostic) {
    try Folder.create(path)
    self.path = path
  }

  /// A folder of that name within another; a link in its place, which may lead anywhere, is refused.
  init(_ name: String, within folder: String) throws(Diagnostic) {
    let path = "\(folder)/\(name)"
    guard !Folder.isLink(path) else { throw Diagnostic(.linkedFolder(path)) }
    try self.init(path)
  }

  /// Writes a file, and replaces one of the same name, or a link to one.
  mutating func write(
    _ name: String, _ body: (inout OutputFile) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    try OutputFile.write("\(path)/\(name)", isOurs: true, body)
    names.append(name)
  }

  mutating func write(_ name: String, _ bytes: [UInt8]) throws(Diagnostic) {
    try write(name) { (file) throws(Diagnostic) in try file.write(bytes) }
  }

  mutating func write(_ name: String, _ json: JSONValue) throws(Diagnostic) {
    try write(name, Array((json.pretty + "\n").utf8))
  }
}

extension Diagnostic.Message {
  fileprivate static func linkedFolder(_ path: String) -> Self {
    Self(
      "'\(path)' is a link, and an export stays in its folder",
      remedy: "remove the link, or name another folder with --to")
  }
}
