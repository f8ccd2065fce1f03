"""What a silent advisor makes of a visit: what was said so far, and what the clinician should know of it. Pure."""
