// wegwijs-agenda serve: joins the exchange (src/sync) to the agenda and its seal. Errors go to standard
// error, in English: the kiosk's log reads them.
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "cli/cli.h"
#include "cli/unseal.h"
#include "sync/server.h"

#include "base/banned.h"

#define IDLE_S (15 * 60) // a kiosk that is there asks every minute
#define IDLE_MOST_S (24 * 60 * 60)
#define MANY 256 // bookings in one sync: a delivery after days without a line

struct serving {
    struct agenda *agenda;
    const char *kiosk;
    struct seal_pair pair;
    struct unseal *unseal; // of the present sync
    bool more;             // it is so full that another one follows
};

static void read_languages(const char *text, struct message_guide *guide)
{
    while (*text != 0 && guide->language_count < MESSAGE_LANGUAGES_MAX) {
        size_t length = strcspn(text, " ");
        if (length > 0 && length < BOOKING_WORD_SIZE)
            memcpy(guide->languages[guide->language_count++], text, length);
        text += length + (text[length] == ' ');
    }
}

static int on_admit(void *context, const struct hello_request *hello, struct error *error)
{
    struct serving *serving = context;
    return agenda_admit(serving->agenda, serving->kiosk, hello->store, hello->replaces, error);
}

static int on_describe(void *context, struct hello_answer *answer, struct error *error)
{
    struct serving *serving = context;
    struct agenda_guide guides[MESSAGE_GUIDES_MAX];
    (void)error;
    unsigned count = agenda_guides(serving->agenda, guides, MESSAGE_GUIDES_MAX);
    text_copy(answer->agenda, sizeof(answer->agenda), agenda_id(serving->agenda));
    answer->public_key = serving->pair.open;
    answer->guides = memory_new(count, sizeof(*answer->guides));
    for (unsigned i = 0; i < count; i++) {
        if (!guides[i].active)
            continue;
        struct message_guide *guide = &answer->guides[answer->guide_count++];
        text_copy(guide->id, sizeof(guide->id), guides[i].id);
        text_copy(guide->name, sizeof(guide->name), guides[i].name);
        read_languages(guides[i].languages, guide);
    }
    return 0;
}

static void copy_leases(const struct agenda_lease *from, struct lease *to, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        to[i].slot = from[i].slot;
        memcpy(to[i].code, from[i].code, CODE_SIZE);
    }
}

static int on_lease(void *context, const struct slot *slots, unsigned count, struct lease *leases,
                    struct error *error)
{
    struct serving *serving = context;
    struct agenda_lease *given = memory_new(count, sizeof(*given));
    int code = agenda_lease(serving->agenda, serving->kiosk, slots, count, given, error);
    if (code == 0)
        copy_leases(given, leases, count);
    free(given);
    return code;
}

static int on_hold(void *context, const struct slot *slot, struct lease *lease, struct error *error)
{
    struct serving *serving = context;
    struct agenda_lease given;
    int code = agenda_hold(serving->agenda, serving->kiosk, slot, &given, error);
    if (code == 0)
        copy_leases(&given, lease, 1);
    return code;
}

static int on_give_back(void *context, const struct lease *leases, unsigned count, struct error *error)
{
    struct serving *serving = context;
    struct agenda_lease *back = memory_new(count, sizeof(*back));
    for (unsigned i = 0; i < count; i++) {
        back[i].slot = leases[i].slot;
        memcpy(back[i].code, leases[i].code, CODE_SIZE);
    }
    int code = agenda_return(serving->agenda, serving->kiosk, back, count, error);
    free(back);
    return code;
}

static int on_top_up(void *context, unsigned want, unsigned days, struct error *error)
{
    struct serving *serving = context;
    return agenda_top_up(serving->agenda, serving->kiosk, want, days, clock_moment(), error);
}

static int on_leases(void *context, struct lease *leases, unsigned room, struct error *error)
{
    struct serving *serving = context;
    (void)error;
    struct agenda_lease *held = memory_new(room, sizeof(*held));
    unsigned count = agenda_leases(serving->agenda, serving->kiosk, held, room);
    copy_leases(held, leases, count);
    free(held);
    return (int)count;
}

static int on_free_slots(void *context, unsigned days, struct slot *slots, unsigned room, struct error *error)
{
    struct serving *serving = context;
    (void)error;
    return (int)agenda_free(serving->agenda, clock_moment(), days, slots, room);
}

static int refuse(enum message_result *result, char reason[MESSAGE_TEXT_SIZE], const char *text)
{
    *result = MESSAGE_REFUSED;
    text_copy(reason, MESSAGE_TEXT_SIZE, text);
    return 0;
}

static int on_begin(void *context, const struct sync_request *sync, struct error *error)
{
    struct serving *serving = context;
    int code = agenda_sync_begin(serving->agenda, error);
    serving->more = sync->booking_count >= MANY;
    if (code == 0)
        serving->unseal = unseal_new(&serving->pair, sync->bookings, sync->booking_count);
    return code;
}

static int on_end(void *context, int code, struct error *error)
{
    struct serving *serving = context;
    unseal_free(serving->unseal);
    serving->unseal = NULL;
    code = agenda_sync_end(serving->agenda, code, error);
    if (!serving->more)
        agenda_rest(serving->agenda);
    return code;
}

static int on_accept(void *context, const char *id, const char *sealed, enum message_result *result,
                     char reason[MESSAGE_TEXT_SIZE], struct error *error)
{
    (void)sealed; // on_begin has seen it
    static const enum message_result results[] = {MESSAGE_STORED, MESSAGE_KNOWN, MESSAGE_KEPT};
    struct serving *serving = context;
    const struct unsealed *one = unseal_next(serving->unseal);
    enum agenda_result stored = AGENDA_REFUSED;
    text_copy(reason, MESSAGE_TEXT_SIZE, one->reason);
    *result = MESSAGE_REFUSED;
    if (!one->good || strcmp(one->booking.id, id) != 0)
        return 0;
    int code = agenda_accept(serving->agenda, serving->kiosk, &one->booking, &stored, error);
    if (code == ERROR_INVALID)
        return refuse(result, reason, error->text);
    if (code < 0)
        return code;
    *result = results[stored];
    if (stored == AGENDA_REFUSED) // it is in the agenda, without its slot
        text_copy(reason, MESSAGE_TEXT_SIZE, "a slot has another owner: the booking is kept for the guide");
    return 0;
}

static int on_check(void *context, const char *code_text, struct check_answer *answer, struct error *error)
{
    struct serving *serving = context;
    return agenda_check_code(serving->agenda, code_text, &answer->exists, &answer->slot, answer->state,
                             sizeof(answer->state), error);
}

static int on_spare_codes(void *context, unsigned want, char (*codes)[CODE_SIZE], unsigned room,
                          struct error *error)
{
    struct serving *serving = context;
    unsigned count = 0;
    int code = agenda_spare_codes(serving->agenda, serving->kiosk, want, codes, room, &count, error);
    return code < 0 ? code : (int)count;
}

static int on_receipt(void *context, const struct message_receipt *receipt, bool *missing,
                      struct error *error)
{
    struct serving *serving = context;
    return agenda_receipt(serving->agenda, serving->kiosk, receipt->id, receipt->code, &receipt->slot,
                          receipt->slots, missing, error);
}

static int on_full(void *context, bool *full, struct error *error)
{
    struct serving *serving = context;
    struct error limit = ERROR_NONE;
    (void)error;
    *full = agenda_within_limits(serving->agenda, serving->kiosk, &limit) == ERROR_FULL;
    return 0;
}

static int on_contact(void *context, const char *version, const char *status_json, struct error *error)
{
    struct serving *serving = context;
    return agenda_contact(serving->agenda, serving->kiosk, version, status_json, error);
}

static const struct server_ops ops = {
    .admit = on_admit,
    .describe = on_describe,
    .lease = on_lease,
    .hold = on_hold,
    .give_back = on_give_back,
    .top_up = on_top_up,
    .leases = on_leases,
    .free_slots = on_free_slots,
    .begin = on_begin,
    .end = on_end,
    .accept = on_accept,
    .check = on_check,
    .spare_codes = on_spare_codes,
    .receipt = on_receipt,
    .full = on_full,
    .contact = on_contact,
};

static int load_pair(struct cli *cli, struct seal_pair *pair, struct error *error)
{
    char path[4096];
    agenda_key_path(cli->agenda_path, path, sizeof(path));
    int code = seal_ready(error);
    return code < 0 ? code : seal_load(pair, path, error);
}

// How long a kiosk may be silent; 0: for ever.
static bool read_seconds(const char *text, int *seconds)
{
    char *end = NULL;
    long value = strtol(text, &end, 10);
    *seconds = (int)value;
    return end != text && *end == 0 && value >= 0 && value <= IDLE_MOST_S;
}

int cli_serve(struct cli *cli)
{
    const char *kiosk = NULL, *idle = NULL;
    struct cli_option options[] = {{"kiosk", &kiosk, NULL}, {"idle", &idle, NULL}};
    int idle_s = IDLE_S;
    struct error error = ERROR_NONE;
    struct serving serving = {0};
    char who[64];
    if (cli_arguments(cli, options, 2, NULL, 0, 0) < 0)
        return CLI_WRONG_USE;
    if (idle != NULL && !read_seconds(idle, &idle_s))
        return cli_wrong_use(cli, idle);
    if (kiosk == NULL || !message_kiosk_valid(kiosk))
        return cli_wrong_use(cli, kiosk);
    if (load_pair(cli, &serving.pair, &error) < 0)
        return cli_fail(cli, &error);
    agenda_one_thread();
    if (cli_open(cli, AGENDA_SERVE) != CLI_DONE) {
        seal_wipe_pair(&serving.pair);
        return CLI_REFUSED;
    }
    text_print(who, sizeof(who), "kiosk %s", kiosk);
    agenda_set_who(cli->agenda, who);
    serving.agenda = cli->agenda;
    serving.kiosk = kiosk;
    signal(SIGPIPE, SIG_IGN);
    struct server_options server = {.in_fd = 0, .out_fd = 1, .kiosk = kiosk, .idle_ms = idle_s * 1000};
    catalog_free(cli->texts); // it runs for weeks beside a kiosk, and speaks to no guide
    catalog_free(cli->labels);
    cli->texts = cli->labels = NULL;
    (void)malloc_trim(0);
    int code = server_run(&server, &ops, &serving, &error);
    seal_wipe_pair(&serving.pair);
    if (code == ERROR_UNAVAILABLE) // it asks again when it is back
        log_info("serve: %s", error.text);
    if (code == 0 || code == ERROR_TIMEOUT || code == ERROR_UNAVAILABLE)
        return CLI_DONE;
    log_error("serve: %s", error.text);
    return CLI_REFUSED;
}
