"""What the guard must read in a language, and pairs with English: faithful and wrong translations of each category."""
