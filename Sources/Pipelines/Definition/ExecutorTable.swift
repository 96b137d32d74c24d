/// Where stages are carried out, as the table `[executor]` of a definition or a person's file says.
package struct ExecutorTable: Hashable, Sendable {
  package static let name = "executor"

  package var kind: ExecutorName?
  package var partition: String?
  package var account: String?
  /// The most seconds of a stage.
  package var seconds: Double?
  /// The bytes of memory of a stage.
  package var memory: Int?
  /// The most bytes that are asked for after a stage had too little.
  package var memoryLimit: Int?
  package var cores: Int?
  package var coresByKind: [String: Int] = [:]
  /// Further words for the scheduler.
  package var options: [String]?
  /// How many jobs run at once.
  package var jobs: Int?
  /// The most jobs that are submitted by one call.
  package var chunk: Int?

  package init() {}

  /// What this table says, and what it leaves open as another says it.
  package func over(_ other: ExecutorTable) -> ExecutorTable {
    var table = self
    table.kind = kind ?? other.kind
    table.partition = partition ?? other.partition
    table.account = account ?? other.account
    table.seconds = seconds ?? other.seconds
    table.memory = memory ?? other.memory
    table.memoryLimit = memoryLimit ?? other.memoryLimit
    table.cores = cores ?? other.cores
    table.coresByKind = other.coresByKind.merging(coresByKind) { $1 }
    table.options = options ?? other.options
    table.jobs = jobs ?? other.jobs
    table.chunk = chunk ?? other.chunk
    return table
  }
}

/// What carries stages out.
package enum ExecutorName: String, CaseIterable, Sendable {
  /// This machine.
  case local
  /// Jobs of a cluster.
  case slurm
}
