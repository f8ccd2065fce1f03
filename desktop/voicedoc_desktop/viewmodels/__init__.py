"""One QObject for each screen: its state, and what a person can do there."""
