/// Which stages of a plan read from which, found out once for all of them.
struct PlanReaders {
  /// By the place of a stage, the places of those that read from it, in ascending order.
  let stages: [[Int]]
  /// By the place of a stage, the ports that others read from.
  let ports: [Set<String>]

  init(of plan: Plan) {
    var stages = [[Int]](repeating: [], count: plan.stages.count)
    var ports = [Set<String>](repeating: [], count: plan.stages.count)
    for reader in plan.stages {
      for dependency in reader.dependencies { stages[dependency].append(reader.index) }
      for input in reader.inputs { ports[input.source.stage].insert(input.source.port.name) }
    }
    self.stages = stages
    self.ports = ports
  }
}
