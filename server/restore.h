/* restore.h - `pleind restore FILE DIR`: a wiki from a backup. */
#ifndef PLEIN_SERVER_RESTORE_H
#define PLEIN_SERVER_RESTORE_H

/* As admin_main(). DIR must be empty or missing. */
int
restore_main(int argc, char **argv);

#endif
