/*
 * keeper.h - commands for who keeps a wiki going: is it well, maintain it.
 * As admin.h: argv[1] is the command; the exit code.
 */
#ifndef PLEIN_SERVER_KEEPER_H
#define PLEIN_SERVER_KEEPER_H

/* pleind health DIR [--json]: 1 also when no wiki runs there. */
int
keeper_health(int argc, char **argv);

/* pleind reindex DIR: make the index anew, and wait for it. */
int
keeper_reindex(int argc, char **argv);

/* pleind maintain DIR: now, and wait for it. */
int
keeper_maintain(int argc, char **argv);

#endif
