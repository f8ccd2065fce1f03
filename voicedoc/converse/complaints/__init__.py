"""What a careful doctor asks for each complaint, as data that a clinician can read and edit."""
