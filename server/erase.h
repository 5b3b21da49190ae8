/* erase.h - erasing content by law. */
#ifndef PLEIN_SERVER_ERASE_H
#define PLEIN_SERVER_ERASE_H

/*
 * pleind erase DIR [PAGE] [--version N] [--text WORDS] --reason T: take it out
 * of the whole history, beside a wiki that goes on, and prove that it is gone.
 * `pleind erase DIR` finishes one that was cut off. As admin.h: argv[1] is
 * the command; the exit code, EXIT_PROBLEM also when not all is gone.
 */
int
erase_main(int argc, char **argv);

#endif
