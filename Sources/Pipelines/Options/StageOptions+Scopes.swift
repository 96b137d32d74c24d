extension StageOptions {
  /// Reads options that were added to a kind after keys were made with it.
  ///
  /// Their lines are left out of the key while they stand at their defaults, so that keys from
  /// before they were there stay as they are. A default must therefore stay what it is, and follow
  /// from nothing that is not in the key. A seed and an extent are always in the key.
  package mutating func added<Value>(_ read: (inout StageOptions) -> Value) -> Value {
    let before = isAdding
    isAdding = true
    defer { isAdding = before }
    return read(&self)
  }

  /// Reads options that mean something only under a condition, and stand in the key in any case.
  ///
  /// Where it is not met, every option has its default, and giving one is a problem.
  package mutating func under<Value>(
    _ condition: OptionCondition, _ read: (inout StageOptions) -> Value
  ) -> Value {
    let before = unmet
    if before == nil, !condition.isMet { unmet = condition }
    defer { unmet = before }
    return read(&self)
  }
}
