"""Documents that answers come from: a store in one file, search by words and by meaning, answers that cite."""
