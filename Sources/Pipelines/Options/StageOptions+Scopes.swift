extension StageOptions {
  /// Reads options that were added to a kind after keys were made with it.
  ///
  /// Their lines are left out of the key while they have their defaults, so that keys made before the
  /// options existed stay as they are. A default must therefore never change, and must not depend on
  /// anything outside the key. A seed and an extent are always in the key.
  package mutating func added<Value>(_ read: (inout StageOptions) -> Value) -> Value {
    let before = isAdding
    isAdding = true
    defer { isAdding = before }
    return read(&self)
  }

  /// Reads options that have an effect only under a condition; their lines are always in the key.
  ///
  /// Where the condition is not met, every option has its default, and giving one is a problem.
  package mutating func under<Value>(
    _ condition: OptionCondition, _ read: (inout StageOptions) -> Value
  ) -> Value {
    let before = unmet
    if before == nil, !condition.isMet { unmet = condition }
    defer { unmet = before }
    return read(&self)
  }
}
