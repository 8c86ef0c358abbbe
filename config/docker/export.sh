#!/bin/sh
# The image's first stage: xmover.jar, lib/ and the options of the JVM, into the folder named.
# Needs a JDK and Maven.
set -eu
out=$1
cd "$(dirname "$0")/../.."
mkdir -p "$out"
./jbang export portable --force --output "$out/xmover.jar" scripts/xmover.java
cp LICENSE NOTICE "$out"
# One age for all: the JVM takes a class-data archive only with jars of the very age it was made of.
find "$out" -name '*.jar' -exec touch -d 2000-01-01T00:00:00Z {} +
{
  sed -n 's#^//RUNTIME_OPTIONS ##p' lib/xmover/Xmover.java
  # The JVM's own warnings would go to stdout, which is for data, or into a log of JSON lines.
  echo '-Xlog:disable'
} >"$out/java.options"
