// Layers: see README.md
