// Pipelines: see README.md
