/// What collecting garbage may remove.
package struct CollectionPolicy: Hashable, Sendable {
  /// Nothing younger is removed.
  package var seconds = 86_400.0
  /// How long the log and the reason of a failure stay at least, whatever `seconds` is.
  package var reasonSeconds = 30 * 86_400.0
  /// How many of the last runs keep their results and journals.
  package var runCount = 10
  /// The size the store is brought to by evicting what is cheap to make again; nil: any size.
  package var byteCount: Int?
  /// Whether records may be removed; else only bytes are evicted.
  package var removesRecords = true
  /// The artifact types that are never evicted, because they are small and tell what a result was.
  package var keptTypes: Set<String> = []
  /// The artifact types that are never evicted from a definition's last results.
  package var resultTypes: Set<String> = []
  /// The artifact types that may be evicted although nothing else reads them.
  package var spareTypes: Set<String> = []

  package init() {}
}
