"""Medicines that do not go together, by a table: with each other, with an allergy, with a condition. No doses."""
