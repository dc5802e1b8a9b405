// The simulated printer as a program, for the end-to-end tests: listens on a free port of loopback, writes
// "127.0.0.1:PORT", and until its standard input ends takes a line each: a fault's name and the byte of the
// next job at which it begins ("paper 2000"), or "rows": writes how many slips were cut and rows printed
// since.
#include "printer_sim.h"

#include <string.h>

static const struct {
    const char *name;
    enum sim_fault fault;
} NAMES[] = {{"well", SIM_WELL},        {"low", SIM_PAPER_LOW}, {"paper", SIM_NO_PAPER},
             {"cover", SIM_COVER},      {"cutter", SIM_CUTTER}, {"broken", SIM_BROKEN},
             {"offline", SIM_OFF_LINE}, {"silent", SIM_SILENT}, {"close", SIM_CLOSE}};

static void set_fault(struct sim *sim, const char *name, long at)
{
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (strcmp(name, NAMES[i].name) == 0) {
            sim->fail_at = sim->bytes + at;
            sim->fault = NAMES[i].fault;
            printf("%s\n", name);
        }
    }
}

int main(void)
{
    static struct sim sim;
    char target[32], line[64], name[32];
    unsigned rows = 0, cuts = 0;
    long at;
    sim_start(&sim, target, sizeof target);
    printf("%s\n", target);
    (void)fflush(stdout);
    while (fgets(line, sizeof line, stdin) != NULL) {
        int found = sscanf(line, "%31s %ld", name, &at);
        if (found >= 1 && strcmp(name, "rows") == 0) {
            printf("%u %u\n", sim.cuts - cuts, sim.rows - rows);
            cuts = sim.cuts;
            rows = sim.rows;
        } else if (found >= 1) {
            set_fault(&sim, name, found > 1 ? at : 0);
        }
        (void)fflush(stdout);
    }
    sim_stop(&sim);
    return 0;
}
