"""Letters put into words, and the ways by which mail leaves the shop and its failures come back."""
