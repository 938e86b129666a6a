@rem npm scripts begin with exec, so that a signal for npm reaches the server. cmd.exe has no such word and finds this.
@%*
