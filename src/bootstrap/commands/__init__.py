"""The commands of `shoes`, one file each."""
