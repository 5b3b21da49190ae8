/*
 * admin.h - the administrator's commands on the host: init, user, check,
 * protocol. They speak to a running wiki over its admin socket, otherwise
 * work directly under the lock of the data folder.
 */
#ifndef PLEIN_SERVER_ADMIN_H
#define PLEIN_SERVER_ADMIN_H

/* As main() got them: argv[1] is the command. Returns the exit code: 0 done,
 * 1 problem found, 2 wrong usage. */
int
admin_main(int argc, char **argv);

#endif
