"""Who spoke: by language, by channel, or by turns that somebody has marked."""
