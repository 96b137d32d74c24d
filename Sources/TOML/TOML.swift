// TOML: see README.md
