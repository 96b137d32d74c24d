import Artifacts

/// Two artifacts of one type, to be compared.
package struct ComparedArtifacts {
  let a: RecordedOutput
  let b: RecordedOutput
  let store: ArtifactStore
  /// Where the rows of b came from; nil where no definition is at hand.
  let origins: ShownOrigins?

  package init(
    _ a: RecordedOutput, _ b: RecordedOutput, in store: ArtifactStore,
    origins: ShownOrigins? = nil
  ) {
    self.a = a
    self.b = b
    self.store = store
    self.origins = origins
  }
}
