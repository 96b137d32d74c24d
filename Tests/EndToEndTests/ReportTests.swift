import Foundation
import Testing

/// `millrace report` and `graph --format svg` on a pipeline that was run once.
@Suite struct `Reporting on a pipeline` {
  private static let page = Swift.Result { try ShownPipeline.shared.call("report", "-o -").output }

  @Test func `every number of the page is one that show prints as JSON`() throws {
    let pipeline = try ShownPipeline.shared
    var known: Set<Double> = []
    for name in ["load", "clean", "split", "vocabulary", "pad", "binarize", "train", "evaluate"] {
      collect(try pipeline.show(name, "--rows 100", "--json").object, into: &known)
    }
    for artifact in try pipeline.artifacts {
      collect(
        try pipeline.show(artifact.name, "--rows 100", "--json").object, into: &known)
    }
    let page = try Self.page.get()
    let values = page.matches(of: /<data value="([^"]*)">([^<]*)</)
    #expect(values.count > 60)
    for match in values where !match.2.hasSuffix(" s") && !match.2.hasSuffix(" ms") {
      let value = try #require(Double(match.1), "\(match.0)")
      #expect(known.contains(value), "\(match.0) is in no JSON")
    }
  }

  private func collect(_ value: Any, into numbers: inout Set<Double>) {
    switch value {
    case let number as NSNumber: numbers.insert(number.doubleValue)
    case let list as [Any]: for element in list { collect(element, into: &numbers) }
    case let object as [String: Any]:
      for element in object.values { collect(element, into: &numbers) }
    case let text as String:
      // Lines and probabilities stand in tables, as text.
      if let number = Double(text) { numbers.insert(number) }
    default: break
    }
  }

  @Test func `the page is one file without scripts, links to others, or anything to fetch`() throws
  {
    let page = try Self.page.get()
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(page.utf8.count < 3_000_000)
    for text in ["<script", "javascript:", "http:", "https:", " src=", "url(", "@import"] {
      #expect(!page.contains(text), "\(text)")
    }
    #expect(!page.contains(/<[a-z][^>]* on[a-z]+=/))
  }

  @Test func `elements end in order, names are given once, and links lead somewhere`() throws {
    let page = try Self.page.get()
    var open: [Substring] = []
    for tag in page.matches(of: /<(\/?)([a-z0-9]+)([^>]*)>/) where !["meta", "br"].contains(tag.2) {
      if tag.1 == "/" {
        #expect(open.popLast() == tag.2)
      } else if !tag.3.hasSuffix("/") {
        open.append(tag.2)
      }
    }
    #expect(open.isEmpty)
    let names = page.matches(of: /\ id="([^"]*)"/).map(\.1)
    #expect(Set(names).count == names.count)
    for link in page.matches(of: /href="#([^"]*)"/) { #expect(names.contains(link.1)) }
  }

  @Test func `it shows the stages, the curves, the confusion, and where the score comes from`()
    throws
  {
    let page = try Self.page.get()
    for text in [
      "would have an accuracy of", "validation loss", "learning rate", "Confusion",
      "millrace run small.toml", "b3sum", "Key of evaluate", "[stage.load]",
    ] {
      #expect(page.contains(text), "\(text)")
    }
  }

  @Test func `rows behind the confusion are shown with their text as it was loaded`() throws {
    #expect(try Self.page.get().contains(/(She teaches class|He cooks soup number) \d+/))
  }

  @Test func `it is written where it is wanted, and says how large it is`() throws {
    let pipeline = try ShownPipeline.shared
    let said = try pipeline.call("report", "--output out.html --json").object
    #expect(said["file"] as? String == "out.html")
    let size = try pipeline.shell("wc -c < out.html").output.filter(\.isNumber)
    #expect(said["bytes"] as? Int == Int(size))
  }

  @Test func `before anything ran there is nothing to report`() throws {
    let said = try ShownPipeline.shared.call("report", "--store nowhere")
    #expect(said.code == 2 && said.errors.contains("try: run `millrace run small.toml` first"))
  }

  @Test func `the graph as SVG has each stage's state and time`() throws {
    let drawing = try ShownPipeline.shared.call("graph", "--format svg").output
    #expect(drawing.hasPrefix("<svg xmlns=") && drawing.hasSuffix("</svg>\n"))
    #expect(drawing.contains(/learn-vocabulary · cached · [0-9.]+ m?s/))
    let stale = try ShownPipeline.shared.call("graph", "--format svg --set clean.lowercase=false")
    #expect(stale.output.contains("would run") && stale.output.contains("may run"))
  }
}
