#!/bin/sh
# What the test cluster needs beyond pip, from Debian: Maven and a JDK of Java 21 or later.
set -eu
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "install Maven and a JDK of Java 21 or later (on Debian, as root: $0)" >&2
    exit 1
fi
apt-get update -qq
command -v mvn >/dev/null || apt-get install -y -qq --no-install-recommends maven
for java in 25 21; do
    apt-get install -y -qq --no-install-recommends "openjdk-$java-jdk-headless" && exit 0
done
echo "this Debian has no JDK of Java 21 or later: install one and set JAVA_HOME" >&2
exit 1
