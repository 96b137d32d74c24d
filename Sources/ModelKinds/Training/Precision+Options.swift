import Diagnostics
import Pipelines
import Tensors

extension Precision {
  /// Declares and reads the option of a stage that multiplies by the weights of a network.
  package init(from options: inout StageOptions) {
    self = options.added {
      $0.choice(
        "precision", default: Precision.float32,
        "what operands of products with weights are rounded to; sums and weights stay float32")
    }
  }
}

extension StageWork {
  /// Warns where this processor has no instruction for products of this precision.
  package func warnOfSlowProducts(in precision: Precision) {
    if precision == .bfloat16, !Bfloat16Products.hasInstruction {
      warn(.noBfloat16, isLasting: false)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let noBfloat16 = Self(
    "this processor has no instruction for products in bfloat16, and makes up for it by others: what"
      + " comes out is equal, but float32 would be faster here",
    remedy: "use a processor with AVX-512-BF16, or leave precision out")
}
