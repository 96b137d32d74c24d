extension CommandList {
  /// The contract of every command that has `--json`, by its name.
  static let contracts: [String: OutputContract] = {
    var contracts: [String: OutputContract] = [:]
    for group in [runs, definitions, results, sweeps, answers, stores] {
      contracts.merge(group) { _, _ in preconditionFailure("a command has two contracts") }
    }
    return contracts
  }()
}
