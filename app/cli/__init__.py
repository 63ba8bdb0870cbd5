"""The command line: parse, call one service, print. One module per noun."""
