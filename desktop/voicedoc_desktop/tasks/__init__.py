"""What the processes beside the window can do, one file per kind of work. Without Qt."""
