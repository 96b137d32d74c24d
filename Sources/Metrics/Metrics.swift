// Metrics: see README.md
