// Package contract holds the built-in collector to what a real Zipkin server answers: it posts the same spans to both,
// asks the same questions and compares status, body and headers. The questions are in its tests, which need the build tag
// zipkin, Java 17, and the server's jar: ZIPKIN_JAR names it, else Maven fetches it into the user's cache folder.
package contract
