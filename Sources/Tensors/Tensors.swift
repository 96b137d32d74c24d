// Tensors: see README.md
