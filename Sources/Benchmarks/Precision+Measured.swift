import Tensors

extension Precision {
  /// Those that are fast on this processor.
  static var measured: [Precision] {
    Bfloat16Products.hasInstruction ? [.float32, .bfloat16] : [.float32]
  }

  /// A peer's name, with what it is asked for beside its own precision.
  func peer(_ name: String) -> String { self == .float32 ? name : "\(name) under autocast" }

  /// What it adds to the name of a subject.
  var subject: String { self == .float32 ? "" : ", \(rawValue)" }
}
