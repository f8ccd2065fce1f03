"""The app's words in the languages of its interface, as Qt Linguist keeps them."""
