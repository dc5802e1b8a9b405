// links: src/agenda/agenda.c src/agenda/part.c src/agenda/schema.c src/agenda/sql.c src/agenda/slots.c src/agenda/accept.c src/agenda/admit.c src/agenda/hours.c src/agenda/hours_read.c src/agenda/list.c src/agenda/work.c src/agenda/follow.c src/agenda/care.c src/agenda/check.c src/booking/booking.c src/booking/code.c src/booking/phone.c src/booking/slot.c src/booking/seal.c src/booking/presence.c src/booking/presence_file.c src/base/config.c src/base/database.c src/base/file.c src/base/memory.c src/base/error.c src/base/clock.c src/base/day.c src/base/utf8.c src/agenda/report.c src/agenda/bag.c src/agenda/import.c src/agenda/purge.c
// libs: -lsqlite3 -lsodium -ljansson -lcyaml -lyaml
#include "agenda/agenda.h"
#include "agenda/report.h"
#include "booking/seal.h"
#include "fuzz.h"

#include "base/banned.h"

static char folder[] = "/tmp/wegwijs-import-XXXXXX";
static struct agenda *agenda;

static void remove_folder(void)
{
    static const char *const names[] = {"agenda.db", "agenda.db-wal", "agenda.db-shm", "agenda.db.key"};
    agenda_close(agenda);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char path[96];
        snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
        remove(path);
    }
    remove(folder);
}

static void open_agenda(void)
{
    char path[96];
    struct error error = ERROR_NONE;
    FUZZ_REQUIRE(mkdtemp(folder) != NULL && seal_ready(&error) == 0);
    snprintf(path, sizeof(path), "%s/agenda.db", folder);
    FUZZ_REQUIRE(agenda_init(path, &error) == 0);
    FUZZ_REQUIRE(agenda_open(&agenda, path, AGENDA_GUIDE, &error) == 0);
    atexit(remove_folder);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct error error = ERROR_NONE;
    unsigned rows = 0;
    char *text = fuzz_text(bytes, size);
    if (agenda == NULL)
        open_agenda();
    int result = report_import(agenda, "counts.csv", text, size, &rows, &error);
    FUZZ_REQUIRE(result == 0 || (result == error.code && *error.text != 0));
    if (result == 0) // the same file twice would count twice
        FUZZ_REQUIRE(report_import(agenda, "counts.csv", text, size, &rows, &error) == ERROR_REFUSED);
    free(text);
    return 0;
}
