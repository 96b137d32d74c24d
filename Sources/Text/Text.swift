// Text: see README.md
