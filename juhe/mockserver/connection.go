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

// connectionCases misbehave below HTTP: the answer is late, or never whole.
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

// late answers in the end: a client that does not wait would lose what it has
// paid for.
func late(q *request) {
	if q.wait(600 * time.Millisecond) {
		write(q.w, q.matchBody())
	}
}

// wait is over when the time is, or false when the client has gone.
func (q *request) wait(d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-q.r.Context().Done():
		return false
	}
}

// slow sends one blank at a time, for as long as the client listens.
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

// cutWithoutLength ends inside the JSON, and nothing in HTTP shows it.
func cutWithoutLength(q *request) {
	answer := q.matchBody()
	q.writeRaw(responseHead("Connection: close") + answer[:len(answer)-1])
}

func hugeHead(q *request) {
	pad := make([]byte, 1<<20)
	for i := range pad {
		pad[i] = 'x'
	}
	q.writeRaw(responseHead("X-Pad: "+string(pad), "Connection: close") + q.matchBody())
}

func responseHead(lines ...string) string {
	all := "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=utf-8\r\n"
	for _, line := range lines {
		all += line + "\r\n"
	}
	return all + "\r\n"
}

// writeRaw writes past net/http and closes the connection.
func (q *request) writeRaw(text string) {
	if conn := q.hijack(); conn != nil {
		io.WriteString(conn, text)
		conn.Close()
	}
}

// reset ends the connection with RST instead of FIN.
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

// hijack takes the connection over. Where that cannot be done, as under
// HTTP/2, the stream is reset instead.
func (q *request) hijack() net.Conn {
	conn, _, err := http.NewResponseController(q.w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	return conn
}
