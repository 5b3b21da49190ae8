/* backup.h - `pleind backup DIR FILE`: everything that cannot be made again,
 * as of one moment, beside a wiki that runs or without one. */
#ifndef PLEIN_SERVER_BACKUP_H
#define PLEIN_SERVER_BACKUP_H

/* As admin_main(). FILE `-` is stdout. */
int
backup_main(int argc, char **argv);

/* Where the content lies in the crate: `spaces/agenda.bundle.000001` … */
#define BACKUP_PIECE "spaces/%s.bundle.%06d"
#define BACKUP_PIECE_BYTES (16UL * 1024 * 1024)

#endif
