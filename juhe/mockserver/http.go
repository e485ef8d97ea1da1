package mockserver

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strconv"

	"fourfactor/juhe"
)

// httpCases misbehave in status, redirects and encodings. Most carry a match that a
// careless client would accept.
func httpCases() []Case {
	var all []Case
	for _, status := range []int{201, 203, 206, 400, 403, 404, 429, 500, 503} {
		all = append(all, Case{"status-" + strconv.Itoa(status), juhe.Unclear, func(q *request) {
			q.w.WriteHeader(status)
			write(q.w, q.matchBody())
		}})
	}
	for _, status := range []int{301, 302, 303, 307, 308} {
		all = append(all, Case{"redirect-" + strconv.Itoa(status), juhe.Unclear, func(q *request) {
			q.w.Header().Set("Location", "http://"+q.r.Host+"/elsewhere")
			q.w.WriteHeader(status)
			write(q.w, q.matchBody())
		}})
	}
	return append(all,
		Case{"html-502", juhe.Unclear, badGateway},
		Case{"no-content", juhe.Unclear, func(q *request) { q.w.WriteHeader(http.StatusNoContent) }},
		Case{"early-hints", juhe.Match, earlyHints},
		Case{"huge", juhe.Unclear, hugeBody},
		Case{"gzip", juhe.Match, func(q *request) { writeGzip(q, []byte(q.matchBody()), nil) }},
		Case{"gzip-bomb", juhe.Unclear, gzipBomb},
		Case{"gzip-bad-checksum", juhe.Unclear, func(q *request) {
			writeGzip(q, []byte(q.matchBody()), func(b []byte) []byte { b[len(b)-8] ^= 1; return b })
		}},
		Case{"gzip-cut", juhe.Unclear, func(q *request) {
			writeGzip(q, []byte(q.matchBody()), func(b []byte) []byte { return b[:len(b)-9] })
		}},
		Case{"encoding-unknown", juhe.Unclear, func(q *request) {
			q.w.Header().Set("Content-Encoding", "br")
			write(q.w, q.matchBody())
		}},
	)
}

func badGateway(q *request) {
	q.w.Header().Set("Content-Type", "text/html")
	q.w.WriteHeader(http.StatusBadGateway)
	io.WriteString(q.w, "<html><head><title>502 Bad Gateway</title></head><body>\x1b[2J502 Bad Gateway</body></html>\n")
}

func earlyHints(q *request) {
	q.w.WriteHeader(http.StatusEarlyHints)
	write(q.w, q.matchBody())
}

// hugeBody sends a match after 64 MiB of spaces.
func hugeBody(q *request) {
	blanks := bytes.Repeat([]byte(" "), 1<<16)
	for range 1 << 10 {
		if _, err := q.w.Write(blanks); err != nil {
			return
		}
	}
	io.WriteString(q.w, q.matchBody())
}

// gzipBomb sends a match after 16 MiB of spaces, about 16 kB on the wire.
func gzipBomb(q *request) {
	q.w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(q.w)
	blanks := bytes.Repeat([]byte(" "), 1<<20)
	for range 16 {
		if _, err := z.Write(blanks); err != nil {
			return
		}
	}
	io.WriteString(z, q.matchBody())
	z.Close()
}

// writeGzip sends text in gzip. corrupt, if not nil, damages the compressed bytes.
func writeGzip(q *request, text []byte, corrupt func([]byte) []byte) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(text)
	z.Close()
	body := b.Bytes()
	if corrupt != nil {
		body = corrupt(body)
	}
	q.w.Header().Set("Content-Encoding", "gzip")
	write(q.w, string(body))
}
