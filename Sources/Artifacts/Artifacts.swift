// Artifacts: see README.md
