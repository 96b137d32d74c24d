import Diagnostics
import Files
import Glibc

/// The folder in which a command finds its tables and leaves its results, those of each run apart.
struct CommandDesk {
  private let root: String
  private let format: CommandFormat

  /// Makes an empty desk in a folder.
  init(in folder: String, _ format: CommandFormat) throws(Diagnostic) {
    root = "\(Self.absolute(folder))/command"
    self.format = format
    Folder.remove(root)
    try Folder.create(inputs)
  }

  private static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let here = unsafe getcwd(nil, 0) else { return path }
    defer { unsafe free(here) }
    return "\(unsafe String(cString: here))/\(path)"
  }

  /// What standard input is read from.
  var input: String { "\(root)/input.\(format.ending)" }
  var inputs: String { "\(root)/inputs" }

  func input(named name: String) -> String { "\(inputs)/\(name).\(format.ending)" }
  func outputs(run: Int) -> String { "\(root)/outputs-\(run)" }
  func standardOutput(run: Int) -> String { "\(root)/output-\(run).\(format.ending)" }

  func output(_ name: String, ofStandardOutput: Bool, run: Int) -> String {
    ofStandardOutput ? standardOutput(run: run) : "\(outputs(run: run))/\(name)"
  }

  func write(_ text: String, to path: String) throws(Diagnostic) {
    try OutputFile.write(path, isOurs: true) { (file) throws(Diagnostic) in
      try file.write(Array(text.utf8).span)
    }
  }

  /// Makes room for what a run leaves.
  func prepare(run: Int) throws(Diagnostic) {
    try Folder.create(outputs(run: run))
    try write("", to: standardOutput(run: run))
  }

  /// Whether an output has the same bytes in both runs.
  func areAlike(_ name: String, ofStandardOutput: Bool) throws(Diagnostic) -> Bool {
    var first = try InputFile(output(name, ofStandardOutput: ofStandardOutput, run: 1))
    var second = try InputFile(output(name, ofStandardOutput: ofStandardOutput, run: 2))
    while true {
      var (a, b): ([UInt8], [UInt8]) = ([], [])
      while a.count < 1 << 20, try first.read(into: &a, atMost: (1 << 20) - a.count) > 0 {}
      while b.count < 1 << 20, try second.read(into: &b, atMost: (1 << 20) - b.count) > 0 {}
      guard a == b else { return false }
      if a.isEmpty { return true }
    }
  }
}
