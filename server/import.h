/*
 * import.h - `pleind import DIR REPO [--prefix P]`: an existing Markdown
 * repository with its history, along first parents, on top of what is in the
 * wiki. Beside a running wiki, which then lets nobody else move main for a
 * moment each time, or without one. What was cut off goes on where it was.
 */
#ifndef PLEIN_SERVER_IMPORT_H
#define PLEIN_SERVER_IMPORT_H

/* As main() got them: argv[1] is "import". The exit code: 0 all of it is
 * there, 1 something is not (said what), 2 wrong usage. */
int
import_main(int argc, char **argv);

#endif
