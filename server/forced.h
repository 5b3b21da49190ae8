/*
 * forced.h - `pleind session FRONT --account H --type T --key K`, the forced
 * command that keyline.h writes for sshd.
 */
#ifndef PLEIN_SERVER_FORCED_H
#define PLEIN_SERVER_FORCED_H

/* Sign in, have the program started on our terminal or pipes, wait for its
 * end; its exit code. */
int
forced_main(int argc, char **argv);

#endif
