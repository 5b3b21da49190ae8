/* audit.h - `pleind audit list` and `pleind audit verify`. */
#ifndef PLEIN_SERVER_AUDIT_H
#define PLEIN_SERVER_AUDIT_H

int
audit_main(int argc, char **argv);

#endif
