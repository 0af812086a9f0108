"""What Shiprocket does with what it is asked, without HTTP."""
