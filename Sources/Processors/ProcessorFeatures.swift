import CProcessor

/// Features of x86 processors that a compiler uses unasked; other processors have none of them.
///
/// What tells that some are missing works on a processor that lacks them. This module alone is
/// compiled for any processor, but the linker keeps one copy of a generic function for all modules,
/// and that may be another module's: so there are only bits, numbers and literal texts here.
package struct ProcessorFeatures: Equatable, Sendable {
  package let bits: UInt32

  package init(bits: UInt32) { self.bits = bits }

  /// What this processor has and the operating system lets programs use.
  package static var present: Self { Self(bits: processor_features_present()) }

  /// How many features there are names for.
  static let count: UInt32 = 22

  /// The name of a bit of `processor.h`, as compilers and `/proc/cpuinfo` have it.
  static func name(ofBit bit: UInt32) -> StaticString {
    switch bit {
    case 0: "sse4.2"
    case 1: "popcnt"
    case 2: "avx"
    case 3: "avx2"
    case 4: "fma"
    case 5: "f16c"
    case 6: "bmi"
    case 7: "bmi2"
    case 8: "lzcnt"
    case 9: "movbe"
    case 10: "avx512f"
    case 11: "avx512cd"
    case 12: "avx512dq"
    case 13: "avx512bw"
    case 14: "avx512vl"
    case 15: "avx512ifma"
    case 16: "avx512vbmi"
    case 17: "avx512vbmi2"
    case 18: "avx512vnni"
    case 19: "avx512bitalg"
    case 20: "avx512vpopcntdq"
    default: "gfni"
    }
  }

  func has(bit: UInt32) -> Bool { bits & (1 &<< bit) != 0 }

  package func contains(_ other: Self) -> Bool { bits & other.bits == other.bits }
}

extension ProcessorFeatures {
  /// The levels that compilers know by name, each with the features of those before.
  package static let second = Self(bits: 0b11)
  package static let third = Self(bits: 0b11_1111_1111)
  package static let fourth = Self(bits: 0b111_1111_1111_1111)

  /// What kernels for AVX-512 use.
  package static let avx512 = Self(bits: 0b111_1100_0000_0000)

  /// The highest level whose features are all among these.
  package var level: StaticString {
    if contains(.fourth) { return "x86-64-v4" }
    if contains(.third) { return "x86-64-v3" }
    return contains(.second) ? "x86-64-v2" : "x86-64"
  }
}
