benchmarkLSTMTraining()
