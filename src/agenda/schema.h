// The agenda's tables, and the steps from one version of them to the next.
#ifndef WEGWIJS_AGENDA_SCHEMA_H
#define WEGWIJS_AGENDA_SCHEMA_H

#include <stdint.h>

#include "base/database.h"

#define AGENDA_APPLICATION_ID 0x57676167 // "Wgag"
#define AGENDA_VERSION 3                 // user_version of the newest schema

// Brings the tables from `version` (0: a new file) to AGENDA_VERSION, in the caller's transaction.
int schema_migrate(struct database *database, int32_t version, struct error *error);

#endif
