import Foundation

/// A page of a DocC catalogue whose code blocks are copies of code that tests compile and run.
package struct Tutorial {
  private let lines: [Substring]

  /// - Parameter path: from the root of the project.
  package init(_ path: String) throws {
    let text = try String(contentsOf: Folders.project.appending(path: path), encoding: .utf8)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The code blocks in a language, in their order; each ends with a line end.
  package func blocks(_ language: String) -> [String] {
    var blocks: [String] = []
    var block: String?
    for line in lines {
      if let open = block {
        if line == "```" { blocks.append(open) }
        block = line == "```" ? nil : open + line + "\n"
      } else if line == "```\(language)" {
        block = ""
      }
    }
    return blocks
  }

  /// The Swift blocks that are not, letter for letter, in one of these files.
  ///
  /// - Parameter files: by their paths from the root of the project.
  package func swiftMissing(from files: [String]) throws -> [String] {
    let sources = try files.map {
      try String(contentsOf: Folders.project.appending(path: $0), encoding: .utf8)
    }
    return blocks("swift").filter { block in !sources.contains { $0.contains(block) } }
  }
}
