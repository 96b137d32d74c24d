/// The files that every model in a folder has for other programs, whatever else it has there.
package enum ModelFolder {
  /// The tensors.
  package static let weightsName = "model.safetensors"
  /// Only in folders that this program wrote: the chains of text.
  package static let chainName = "chain.safetensors"
  /// For a file of a folder that is not as it was written.
  package static let remedy = "copy the model's folder again"
}
