"""What the operating system gives: the time, and randomness for identities and secrets."""
