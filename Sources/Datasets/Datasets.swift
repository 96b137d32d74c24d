// Datasets: see README.md
