#!/bin/sh
# Runs a command while Alertmanager is silent about what a reset does on purpose: tables with fewer
# replicas, a cluster that is not green. XMover's own alerts stay loud. Needs amtool.
#
#   ALERTMANAGER_URL=http://alertmanager:9093 config/alertmanager/silence.sh \
#     ./jbang heal
#
# SILENCE names the alerts of your CrateDB; SILENCE_FOR is when the silence ends by itself, should
# nobody be left to end it.
set -eu
silence() { amtool --alertmanager.url="$ALERTMANAGER_URL" silence "$@"; }

id=$(silence add --author=xmover --comment="XMover resets replicas, from $(uname -n)" \
  --duration="${SILENCE_FOR:-3h}" "${SILENCE:-alertname=~CrateDB.*}")
trap 'silence expire "$id"' EXIT
# Ctrl-C is for the command, which puts tables back first; the silence lasts until then.
trap : INT TERM HUP
"$@"
