// Models: see README.md
