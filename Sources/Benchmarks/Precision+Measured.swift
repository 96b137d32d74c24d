import Tensors

extension Precision {
  /// Those that are fast on this processor.
  static var measured: [Precision] {
    Bfloat16Products.hasInstruction ? [.float32, .bfloat16] : [.float32]
  }

  /// What it adds to the name of a subject.
  var subject: String { self == .float32 ? "" : ", \(rawValue)" }
}
