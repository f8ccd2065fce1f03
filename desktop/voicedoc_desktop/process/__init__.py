"""Work in processes of its own, so that the window never waits and survives what goes wrong there. Without Qt."""
