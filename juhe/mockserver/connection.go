package mockserver

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"fourfactor/juhe"
)

// connectionCases misbehave below HTTP: the answer is late or incomplete.
func connectionCases() []Case {
	return []Case{
		{"late", juhe.Match, late},
		{"slow", juhe.Lost, slow},
		{"hang", juhe.Lost, func(q *request) { <-q.r.Context().Done() }},
		{"hang-in-body", juhe.Lost, hangInBody},
		{"cut", juhe.Lost, func(q *request) { q.writeRaw(responseHead("Content-Length: 4096") + q.matchBody()) }},
		{"cut-in-chunk", juhe.Lost, cutInChunk},
		{"cut-in-head", juhe.Lost, func(q *request) { q.writeRaw("HTTP/1.1 200 OK\r\nContent-Ty") }},
		{"cut-without-length", juhe.Unclear, cutWithoutLength},
		{"close", juhe.Lost, func(q *request) { q.writeRaw("") }},
		{"reset", juhe.Lost, reset},
		{"http-2-in-1", juhe.Unclear, func(q *request) {
			q.writeRaw(strings.Replace(responseHead("Connection: close"), "1.1", "2.0", 1) + q.matchBody())
		}},
		{"not-http", juhe.Lost, func(q *request) { q.writeRaw(q.matchBody()) }},
		{"huge-head", juhe.Lost, hugeHead},
	}
}

// late answers after 600 ms. A client that stops waiting loses a charged lookup.
func late(q *request) {
	if q.wait(600 * time.Millisecond) {
		write(q.w, q.matchBody())
	}
}

// wait waits for d. It returns false if the client disconnects first.
func (q *request) wait(d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-q.r.Context().Done():
		return false
	}
}

// slow sends one space at a time until the client disconnects.
func slow(q *request) {
	for q.wait(50 * time.Millisecond) {
		io.WriteString(q.w, " ")
		http.NewResponseController(q.w).Flush()
	}
}

func hangInBody(q *request) {
	answer := q.matchBody()
	io.WriteString(q.w, answer[:len(answer)-1])
	http.NewResponseController(q.w).Flush()
	<-q.r.Context().Done()
}

func cutInChunk(q *request) {
	answer := q.matchBody()
	q.writeRaw(responseHead("Transfer-Encoding: chunked") + fmt.Sprintf("%x\r\n%s\r\n", len(answer), answer))
}

// cutWithoutLength cuts the JSON in a way that HTTP cannot detect.
func cutWithoutLength(q *request) {
	answer := q.matchBody()
	q.writeRaw(responseHead("Connection: close") + answer[:len(answer)-1])
}

func hugeHead(q *request) {
	q.writeRaw(responseHead("X-Pad: "+strings.Repeat("x", 1<<20), "Connection: close") + q.matchBody())
}

func responseHead(lines ...string) string {
	all := "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=utf-8\r\n"
	for _, line := range lines {
		all += line + "\r\n"
	}
	return all + "\r\n"
}

// writeRaw writes to the connection directly and closes it.
func (q *request) writeRaw(text string) {
	if conn := q.hijack(); conn != nil {
		io.WriteString(conn, text)
		conn.Close()
	}
}

// reset closes the connection with RST instead of FIN.
func reset(q *request) {
	conn := q.hijack()
	if conn == nil {
		return
	}
	plain := conn
	if secure, ok := conn.(*tls.Conn); ok {
		plain = secure.NetConn()
	}
	if tcp, ok := plain.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	plain.Close()
}

// hijack takes over the connection. Under HTTP/2, where it cannot, it resets the
// stream.
func (q *request) hijack() net.Conn {
	conn, _, err := http.NewResponseController(q.w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	return conn
}
