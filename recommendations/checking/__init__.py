"""What a visitor is told of a file that should be a letter of ours."""
