/* check.h - `pleind check DIR`: is everything that is stored whole? */
#ifndef PLEIN_SERVER_CHECK_H
#define PLEIN_SERVER_CHECK_H

/* As admin_main(). The problems, one a line, and 1 when there are any. */
int
check_main(int argc, char **argv);

#endif
