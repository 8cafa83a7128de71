package collector

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
)

const actuatorType = "application/vnd.spring-boot.actuator.v2+json; charset=utf-8"

// health is what a Zipkin server with a memory store says when all is well; this one is well as long as it answers.
const health = `{
  "status" : "UP",
  "zipkin" : {
    "status" : "UP",
    "details" : {
      "InMemoryStorage{}" : {
        "status" : "UP"
      }
    }
  }
}`

// config is what Zipkin's web page asks first, with Zipkin's own defaults.
const config = `{
  "environment" : "",
  "queryLimit" : 10,
  "defaultLookback" : 900000,
  "searchEnabled" : true,
  "logsUrl" : null,
  "supportUrl" : null,
  "archivePostUrl" : null,
  "archiveUrl" : null,
  "dependency" : {
    "enabled" : true,
    "lowErrorRate" : 0.5,
    "highErrorRate" : 0.75
  }
}`

func infoOf(version string) string {
	type build struct {
		Version string `json:"version"`
		Commit  string `json:"commit"`
	}
	body, err := json.Marshal(map[string]build{"zipkin": {version, "chaintui"}})
	if err != nil { // strings always marshal
		panic(err)
	}
	return string(body)
}

// fixed answers with a document that never changes.
func fixed(contentType, document string) handler {
	return func(w http.ResponseWriter, _ *http.Request, _ url.Values) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Content-Length", strconv.Itoa(len(document)))
		_, _ = w.Write([]byte(document))
	}
}

func cached(cacheControl string, next handler) handler {
	return func(w http.ResponseWriter, r *http.Request, values url.Values) {
		w.Header().Set("Cache-Control", cacheControl)
		next(w, r, values)
	}
}
