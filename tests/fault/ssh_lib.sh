# A real sshd for the tests of the link: own host key, own client key, a forced and restricted command. Sourced
# after lib.sh; wants $work, $agenda, $bin. Everything lives in $work; no file of the machine is touched.

# ssh_make ADDRESS PORT: keys, authorized_keys, both configurations
ssh_make() {
    mkdir -p "$work/ssh" /run/sshd
    chmod 700 "$work/ssh"
    ssh-keygen -q -t ed25519 -N '' -f "$work/ssh/host" && ssh-keygen -q -t ed25519 -N '' -f "$work/ssh/kiosk" &&
        ssh-keygen -q -t ed25519 -N '' -f "$work/ssh/other"
    # the two commands on the agenda's machine, as in the README: the key, and what it may do
    echo "restrict,command=\"env WEGWIJS_SHARE='${WEGWIJS_SHARE:-}' $bin/wegwijs-agenda --agenda $agenda serve --kiosk lobby-1\" $(cat "$work/ssh/kiosk.pub")" >"$work/ssh/authorized_keys"
    cat >"$work/ssh/sshd_config" <<CONFIG
Port $2
ListenAddress $1
HostKey $work/ssh/host
PidFile $work/ssh/pid
AuthorizedKeysFile $work/ssh/authorized_keys
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
ClientAliveInterval 5
LogLevel ERROR
CONFIG
    cat >"$work/ssh/config" <<CONFIG
Host agenda
  HostName $1
  Port $2
  User $(id -un)
  IdentityFile $work/ssh/kiosk
  IdentitiesOnly yes
  UserKnownHostsFile $work/ssh/known_hosts
  GlobalKnownHostsFile none
  StrictHostKeyChecking yes
  BatchMode yes
  ConnectTimeout 5
  ServerAliveInterval 1
  ServerAliveCountMax 3
  LogLevel ERROR
CONFIG
    echo "[$1]:$2 $(cut -d' ' -f1,2 "$work/ssh/host.pub")" >"$work/ssh/known_hosts"
}
ssh_command() { echo "ssh -T -F $work/ssh/config agenda"; }
