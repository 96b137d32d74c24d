LSTMTraining.run()
