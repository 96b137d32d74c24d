/// What collecting garbage may take.
package struct CollectionPolicy: Hashable, Sendable {
  /// Nothing younger is removed.
  package var seconds = 86_400.0
  /// Why work failed, and its log, stay at least so long, whatever `seconds` is.
  package var reasonSeconds = 30 * 86_400.0
  /// The results of so many last runs are kept, with their journals.
  package var runCount = 10
  /// The store is brought down to so many bytes by evicting what is cheap to make again.
  package var byteCount: Int?
  /// Whether records may go; else only bytes do, and the records stand.
  package var removesRecords = true
  /// The artifact types that are never evicted: small, and what remains of a result.
  package var keptTypes: Set<String> = []
  /// The artifact types that are never evicted from a definition's last results.
  package var resultTypes: Set<String> = []
  /// The artifact types that may be evicted although nothing else reads them.
  package var spareTypes: Set<String> = []

  package init() {}
}
