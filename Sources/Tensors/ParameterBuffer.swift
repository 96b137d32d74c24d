/// One float for each parameter scalar: the weights, their gradient, or an optimiser's moments.
///
/// Flat and starting on a cache line, so clipping and optimisers are one pass; the gaps between
/// parameters are always zero.
///
/// Its sending is unchecked: threads share it while a step runs. They may all read it, or write it at
/// places that no other thread reads or writes; nothing but the code that shares out the work makes
/// sure of that.
@safe
package final class ParameterBuffer: @unchecked Sendable {
  package let layout: ParameterLayout
  /// Where those who write a gradient mark what they wrote; nil when nobody asks.
  package let touched: TouchedPages?
  private let memory: AlignedMemory

  /// All zero.
  package init(_ layout: ParameterLayout, marking touched: TouchedPages? = nil) {
    self.layout = layout
    self.touched = touched
    memory = AlignedMemory(byteCount: layout.byteCount(ofBuffers: 1))
  }

  /// Starting weights, each parameter drawn from the random stream of its own name.
  package convenience init(_ layout: ParameterLayout, initializedFrom random: RandomSource) {
    self.init(layout)
    _ = draw(from: random) { false }
  }

  /// Starting weights, drawn alike; nil when it was stopped, since large recurrent weights take long.
  package convenience init?(
    _ layout: ParameterLayout, initializedFrom random: RandomSource, unless shouldStop: () -> Bool
  ) {
    self.init(layout)
    guard draw(from: random, unless: shouldStop) else { return nil }
  }

  /// - Returns: false when it was stopped.
  private func draw(from random: RandomSource, unless shouldStop: () -> Bool) -> Bool {
    for entry in layout.entries {
      if shouldStop() { return false }
      if case .norms(let weightNorm, let parameter) = entry.initializer {
        weightNorm.norms(of: self[parameter], into: self[entry])
        continue
      }
      var stream = random.stream(entry.name)
      guard
        entry.initializer.fill(
          self[entry], shape: entry.shape, from: &stream, unless: shouldStop)
      else { return false }
    }
    return true
  }

  /// The whole buffer, gaps included.
  package var flat: Tensor { Tensor(in: memory, offset: 0, rows: 1, columns: layout.count) }

  /// One parameter as a matrix of `shape.rows × shape.columns`.
  package subscript(entry: ParameterLayout.Entry) -> Tensor {
    Tensor(
      in: memory, offset: entry.offset, rows: entry.shape.rows, columns: entry.shape.columns)
  }

  package subscript(parameter: Parameter) -> Tensor {
    Tensor(
      in: memory, offset: parameter.offset, rows: parameter.rows, columns: parameter.columns)
  }
}
