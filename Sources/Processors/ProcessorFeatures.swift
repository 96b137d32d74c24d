import CProcessor

/// Features of x86 processors that a compiler uses unasked; other processors have none of them.
package struct ProcessorFeatures: OptionSet, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Those of the names that are known.
  package init(_ names: Set<String>) {
    rawValue = Self.names.indices.reduce(0) { $0 | (names.contains(Self.names[$1]) ? 1 << $1 : 0) }
  }

  /// What this processor has and the operating system lets programs use.
  package static var present: Self { Self(rawValue: processor_features_present()) }

  /// As compilers and `/proc/cpuinfo` call them.
  package var names: [String] {
    Self.names.indices.filter { rawValue & 1 << $0 != 0 }.map { Self.names[$0] }
  }

  /// In the order of the bits in `processor.h`.
  private static let names = [
    "sse4.2", "popcnt", "avx", "avx2", "fma", "f16c", "bmi", "bmi2", "lzcnt", "movbe", "avx512f",
    "avx512cd", "avx512dq", "avx512bw", "avx512vl", "avx512ifma", "avx512vbmi", "avx512vbmi2",
    "avx512vnni", "avx512bitalg", "avx512vpopcntdq", "gfni",
  ]
}

extension ProcessorFeatures {
  /// Levels that compilers know by name, the highest first.
  private static let levels: [(name: String, features: Self)] = {
    let second = Self(["sse4.2", "popcnt"])
    let third = second.union(
      Self(["avx", "avx2", "fma", "f16c", "bmi", "bmi2", "lzcnt", "movbe"]))
    return [("x86-64-v4", third.union(avx512)), ("x86-64-v3", third), ("x86-64-v2", second)]
  }()

  /// What kernels for AVX-512 use.
  package static let avx512 = Self(["avx512f", "avx512cd", "avx512dq", "avx512bw", "avx512vl"])

  /// The highest level whose features are all among these.
  package var level: String {
    Self.levels.first { isSuperset(of: $0.features) }?.name ?? "x86-64"
  }
}
