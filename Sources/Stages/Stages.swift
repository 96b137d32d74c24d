// Stages: see README.md
