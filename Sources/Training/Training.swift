// Training: see README.md
