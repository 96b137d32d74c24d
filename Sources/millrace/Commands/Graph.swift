import Artifacts
import Diagnostics
import Formats
import Pages
import Pipelines

/// `graph`: the stages and the artifacts between them.
struct Graph: Command {
  static let name = "graph"
  static let summary = "draw the stages and what flows between them"
  static let usage = "FILE"
  static let places = WordPlaces([.file])
  static let example = "millrace graph pipelines/classify-bios.toml --format svg > stages.svg"
  static let format = CommandOption(
    "--format", Format.self,
    "how to draw; text unless given; text and svg show states too")
  static let options: [CommandOption] = [.set, format, .store, .json]

  private enum Format: String, CaseIterable {
    case text, dot, mermaid, svg
  }

  private let arguments: ParsedArguments
  private let file: String
  private let format: Format

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    file = try arguments.words(1...1)[0]
    format = try arguments.choice(Self.format) ?? .text
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let plan = try DefinitionFile(file, arguments).plan
    let lines =
      if arguments.has(.json) {
        [json(plan).pretty]
      } else {
        switch format {
        case .text:
          try GraphText(Assessment(of: plan, in: .lookedInto(by: arguments)))
            .lines(width: Terminal.output.width)
        case .dot: dot(plan)
        case .mermaid: mermaid(plan)
        case .svg: try svg(plan)
        }
      }
    for line in lines { Terminal.output.line(line) }
    return .fine
  }

  private func dot(_ plan: Plan) -> [String] {
    let edges = StageEdge.all(of: plan.stages).map { edge in
      let ends = [edge.source, edge.reader].map { quoted(plan.stages[$0].name) }
      let label = edge.label.isEmpty ? "" : " [label=\(quoted(edge.label))]"
      return "  \(ends[0]) -> \(ends[1])\(label);"
    }
    let nodes = plan.stages.map { "  \(quoted($0.name)) [label=\(quoted($0.caption))];" }
    return ["digraph \(quoted(plan.definition.name)) {", "  rankdir=LR; node [shape=box];"]
      + nodes + edges + ["}"]
  }

  private func mermaid(_ plan: Plan) -> [String] {
    let nodes = plan.stages.map { "  s\($0.index)[\(quoted($0.caption))]" }
    let edges = StageEdge.all(of: plan.stages).map { edge in
      let label = edge.label.isEmpty ? "" : "|\(quoted(edge.label))|"
      return "  s\(edge.source) -->\(label) s\(edge.reader)"
    }
    return ["flowchart LR"] + nodes + edges
  }

  private func svg(_ plan: Plan) throws(Diagnostic) -> [String] {
    let store = try ArtifactStore.lookedInto(by: arguments)
    let stages = try Assessment(of: plan, in: store).reportedStages(in: store)
    let file = GraphDrawing(plan.definition.name, stages).drawing.file
    return [String(file.dropLast())]
  }

  private func json(_ plan: Plan) -> JSONValue {
    ["name": .string(plan.definition.name), "stages": .array(plan.stages.map(json))]
  }

  private func json(_ stage: PlannedStage) -> JSONValue {
    let inputs = stage.inputs.map { input in
      [
        "option": .string(input.name), "stage": .string(input.source.stageName),
        "port": .string(input.source.port.name), "type": .string(input.source.port.type.name),
      ] as JSONValue
    }
    let outputs = stage.outputs.map { port in
      ["port": .string(port.name), "type": .string(port.type.name)] as JSONValue
    }
    return [
      "name": .string(stage.name), "kind": .string(stage.kind.kind), "inputs": .array(inputs),
      "outputs": .array(outputs),
    ]
  }

  private func quoted(_ text: String) -> String { JSONValue.string(text).compact }
}
