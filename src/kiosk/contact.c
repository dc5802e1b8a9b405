#include "kiosk/contact.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/file.h"
#include "base/memory.h"

#include "base/banned.h"

struct contact {
    const struct town *town;
    struct catalog **texts; // one for each of town->help
};

static int open_texts(struct catalog **texts, const char *folder, const char *language, struct error *error)
{
    char *name = memory_format("%s%s.po", folder == NULL ? "lang/" : "", language);
    char *path = folder == NULL ? file_share(name) : file_join(folder, name);
    int result = catalog_open(texts, path, error);
    free(name);
    free(path);
    return result;
}

int contact_open(struct contact **contact, const struct town *town, const char *folder, struct error *error)
{
    struct contact *opened = memory_new(1, sizeof *opened);
    int result = 0;
    opened->town = town;
    opened->texts = memory_new(town->help_count + 1, sizeof(void *));
    for (unsigned i = 0; result == 0 && i < town->help_count; i++)
        result = open_texts(&opened->texts[i], folder, town->help[i].language, error);
    *contact = result == 0 ? opened : NULL;
    if (result != 0)
        contact_free(opened);
    return result;
}

void contact_free(struct contact *contact)
{
    if (contact == NULL)
        return;
    for (unsigned i = 0; i < contact->town->help_count; i++)
        catalog_free(contact->texts[i]);
    free(contact->texts);
    free(contact);
}

bool contact_is_on(const struct town_help *help, int32_t today)
{
    int32_t until = 0;
    return day_parse(help->until, &until) == 0 && today <= until;
}

const struct catalog *contact_texts(const struct contact *contact, const char *language, int32_t today)
{
    if (contact == NULL)
        return NULL;
    for (unsigned i = 0; i < contact->town->help_count; i++) {
        const struct town_help *help = &contact->town->help[i];
        if (strcmp(help->language, language) == 0 && contact_is_on(help, today))
            return contact->texts[i];
    }
    return NULL;
}
