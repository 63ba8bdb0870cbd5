"""The only counter: what the window and the command line may ask for."""
