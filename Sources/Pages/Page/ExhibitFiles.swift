import Reports

/// The figures and tables of a page as files of their own.
package struct ExhibitFiles: Sendable {
  /// One file.
  package struct File: Sendable {
    package let name: String
    package let text: String
  }

  /// Figures as SVG; tables as LaTeX and Markdown, and as CSV with all digits.
  package let files: [File]
  package let figureCount: Int
  package let tableCount: Int

  package init(of page: Page) {
    var files: [File] = []
    var figureCount = 0
    let exhibits = page.exhibits
    for (name, exhibit) in exhibits {
      switch exhibit {
      case .drawing(let drawing):
        figureCount += 1
        files.append(File(name: "\(name).svg", text: drawing.file))
      case .table(let table):
        let plain = table.plain(isExact: false)
        for (ending, lines) in [
          ("tex", plain.latex), ("md", plain.markdown), ("csv", table.plain(isExact: true).csv),
        ] {
          files.append(
            File(name: "\(name).\(ending)", text: lines.map { $0 + "\n" }.joined()))
        }
      }
    }
    self.files = files
    self.figureCount = figureCount
    tableCount = exhibits.count - figureCount
  }
}
