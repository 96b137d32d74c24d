/// The files that every model in a folder has for other programs, whatever else it has there.
package enum ModelFolder {
  /// The tensors.
  package static let weightsName = "model.safetensors"
  /// Only in folders that this program wrote: the chains of text.
  package static let chainName = "chain.safetensors"
}
