import Fixtures
import Layers
import Models
import Tensors
import Testing

struct CNNClassifierTests {
  @Test func `a filter's largest answer is that of a loop over the windows of a row`() {
    var layout = ParameterLayout()
    let words = layout.add("words", [9, 3], .normal(deviation: 1))
    let filters = [3, 1].map { width in
      WindowFilters(
        weight: layout.add("weight.\(width)", [2, 3, width], .normal(deviation: 1)),
        bias: layout.add("bias.\(width)", [2], .normal(deviation: 1)))
    }
    let parameters = ParameterBuffer(layout, initializedFrom: RandomSource(seed: 2))
    let rows: [[Int32]] = [[4, 8, 1, 1, 6], [7], [2, 3]]
    let width = 6
    let tape = Tape(.opened)
    tape.begin(parameters)
    let joined = tape.join(
      rows.flatMap { $0 + [Int32](repeating: 0, count: width - $0.count) }, width: width,
      lengths: rows.map { Int32($0.count) }, atLeast: 3, padding: 0)
    let found = tape.largestAnswers(
      to: tape.embed(joined, table: words, padding: 0), in: joined, filters: filters
    ).value.array
    var expected: [Float] = []
    for row in rows {
      for filter in filters {
        let padded = row + [Int32](repeating: 0, count: max(0, filter.width - row.count))
        for map in 0..<2 {
          let answers = (0...padded.count - filter.width).map { start in
            var sum = parameters[filter.bias][map]
            for tap in 0..<filter.width {
              for channel in 0..<3 {
                sum +=
                  parameters[words][Int(padded[start + tap]) * 3 + channel]
                  * parameters[filter.weight][(map * 3 + channel) * filter.width + tap]
              }
            }
            return sum
          }
          expected.append(answers.max() ?? .nan)
        }
      }
    }
    #expect(found.count == expected.count)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func `a class's weights are shortened to the largest norm, shorter ones left alone`() {
    var configuration = CNNClassifier.Configuration(vocabularySize: 5, classCount: 2)
    configuration.filterWidths = [2]
    configuration.mapCount = 2
    configuration.largestNorm = 3
    let model = CNNClassifier(configuration)
    let parameters = ParameterBuffer(model.layout)
    guard let entry = model.layout["classes.weight"] else { preconditionFailure("no classes") }
    let weights = parameters[entry]
    for (i, value) in [6, 8, 1, 2].enumerated() { weights[i] = Float(value) }
    model.constrain(parameters)
    #expect(zip(weights.array, [1.8, 2.4, 1, 2]).allSatisfy { abs($0 - $1) < 1e-6 })
  }
}
