import Tensors

extension ParameterLayout {
  /// The weight and the bias of a linear layer, under PyTorch's names.
  mutating func addLinear(
    _ name: String, from inputWidth: Int, to outputWidth: Int
  ) -> (weight: Parameter, bias: Parameter) {
    (
      add("\(name).weight", [outputWidth, inputWidth], .glorot),
      add("\(name).bias", [outputWidth], .constant(0))
    )
  }

  /// The weight and the bias of a linear layer over sparse input: a row of weights for each place.
  mutating func addSparseLinear(
    _ name: String, from placeCount: Int, to outputWidth: Int
  ) -> (weight: Parameter, bias: Parameter) {
    (
      add("\(name).weight", [placeCount, outputWidth], .normal(deviation: 0.1)),
      add("\(name).bias", [outputWidth], .constant(0))
    )
  }
}
