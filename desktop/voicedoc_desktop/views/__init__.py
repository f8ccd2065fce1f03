"""One QWidget for each screen. They show a view-model's state and hand on what a person does."""
