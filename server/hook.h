/*
 * hook.h - our program as git runs it during a push (githooks(5)):
 * pre-receive asks the wiki process for its verdict, reference-transaction
 * whether main may be moved now, and sees to it that it is stored before git
 * says so.
 */
#ifndef PLEIN_SERVER_HOOK_H
#define PLEIN_SERVER_HOOK_H

#include <stdbool.h>

/* Is this the name (or the path) of one of our hooks? */
bool
hook_is_one(const char *name);

/*
 * Run the hook `argv[0]`, with git's words behind it and its input on stdin,
 * under the descriptors and in the environment of plein/control.h. The exit
 * code: 0 lets git go on.
 */
int
hook_main(int argc, char **argv);

#endif
