"""What is printed for the day: values in, PDF bytes out; nothing here knows the database."""
