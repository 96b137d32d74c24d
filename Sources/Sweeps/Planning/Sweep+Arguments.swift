import Diagnostics
import Pipelines
import TOML

extension Sweep {
  /// What the sweep that only holds out the folds of a definition is called.
  package static let ofFolds = "folds"

  /// The grid that `train.learning-rate=0.025,0.25 train.hidden=64,128` asks for.
  ///
  /// Without arguments it varies nothing: its one point has a run for each fold and seed.
  ///
  /// - Throws: a diagnostic that points into an argument.
  package init(arguments: [String], of plan: Plan) throws(Diagnostic) {
    let usual = plan.foldedStages.isEmpty ? "seeds" : Self.ofFolds
    let name = arguments.isEmpty ? usual : arguments.joined(separator: " ")
    let source = TOMLSource(text: name, file: "sweep")
    self.init(name: name, range: SourceRange(line: 1, column: 1, length: 1), source: source)
    for argument in arguments {
      guard let assignment = WrittenAssignment(argument, origin: "sweep") else {
        throw Diagnostic(.malformedVariation(argument))
      }
      if let stage = assignment.stage, plan[stage] == nil {
        let message = Diagnostic.Message.unresolved(
          stage, .unknownStage(among: plan.stages.map(\.name)))
        throw assignment.source.diagnostic(message, at: assignment.stageRange)
      }
      let values = try Self.values(of: assignment)
      axes.append(SweepAxis(alternatives: values.map { [GivenOverlay(assignment, $0)] }))
    }
    objective = plan.definition.sweeps.lazy.compactMap(\.objective).first
  }

  /// Replaces what makes a point best: `evaluate.macro-f1 max`.
  package mutating func choose(best: String, of plan: Plan) throws(Diagnostic) {
    let stages = plan.stages.map(\.name) + plan.keptForEnd
    let source = TOMLSource(text: best, file: "--best")
    do throws(Diagnostic) {
      objective = try Objective.reading(best, stages: stages).get()
    } catch {
      throw source.diagnostic(error.message, at: source.wholeLine)
    }
    objectiveSource = source
  }

  /// Values between commas, each with its place in the argument: TOML, or else bare texts.
  private static func values(of assignment: WrittenAssignment) throws(Diagnostic) -> [TOMLNode] {
    let (text, start) = (assignment.value, assignment.valueRange.column)
    func range(column: Int, length: Int) -> SourceRange {
      SourceRange(line: 1, column: start + column, length: length)
    }
    if case .array(let nodes)? = (try? TOMLValue.parse("[\(text)]", origin: "sweep"))?.value,
      !nodes.isEmpty
    {
      // The bracket is the first column.
      return nodes.map { node in
        TOMLNode(node.value, at: range(column: node.range.column - 2, length: node.range.length))
      }
    }
    var column = 0
    var nodes: [TOMLNode] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let place = range(column: column, length: part.unicodeScalars.count)
      let value = try GivenOverlay.value(of: String(part), in: assignment, at: place)
      nodes.append(TOMLNode(value, at: place))
      column += part.unicodeScalars.count + 1
    }
    return nodes
  }
}

extension TOMLSource {
  /// The first line as a whole.
  var wholeLine: SourceRange {
    SourceRange(line: 1, column: 1, length: max(1, line(1).unicodeScalars.count))
  }
}

extension Diagnostic.Message {
  fileprivate static func malformedVariation(_ argument: String) -> Self {
    Self(
      "'\(argument)' is neither a sweep of the definition nor STAGE.OPTION=VALUE,VALUE",
      remedy: "write for example train.learning-rate=0.025,0.25")
  }
}
