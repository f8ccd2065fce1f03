"""A second net under the alarms' words: what a sentence means may be reason to ask."""
