#!/bin/sh
# The image's second stage: trains a class-data archive with what a pod does, on a simulated
# cluster, and has the JVM use it. In the image itself and in place, as an archive is good for one
# JVM and one path only. Needs a JRE.
set -eu
home=$1

java @"$home/java.options" -jar "$home/xmover.jar" \
  simulate drill --pg-port 0 --http-port 0 >"$home/simulated" &
simulated=$!
trap 'kill $simulated; rm -f "$home/simulated" "$home/training.log"' EXIT
until url=$(grep -o 'postgresql://.*' "$home/simulated"); do
  kill -0 $simulated
  sleep 0.2
done

rc=0
java @"$home/java.options" -XX:ArchiveClassesAtExit="$home/xmover.jsa" -jar "$home/xmover.jar" \
  problematic-translogs --connect "$url" --autoexec --max-tables 1 \
  --journal cluster --log-format json 2>"$home/training.log" || rc=$?
if [ $rc -ne 0 ] || [ ! -s "$home/xmover.jsa" ]; then
  cat "$home/training.log"
  echo "train.sh: no archive was made (exit code $rc)"
  exit 1
fi
echo "-XX:SharedArchiveFile=$home/xmover.jsa" >>"$home/java.options"
