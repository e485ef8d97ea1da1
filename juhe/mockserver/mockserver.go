// Package mockserver is a mock of Juhe's enterprise four-factor verification: an
// http.Handler that implements all three endpoints of the API document, knows a
// dozen fictional companies, and misbehaves on request. Tests, the demo and the
// mock-server command use it.
package mockserver

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/internal/aesecb"
)

// Key and Openid are the credentials of the demo and the tests. They are not real.
const (
	Key    = "mockserver0key0for0tests0only001"
	Openid = "JHmock0openid0for0tests0only0000"
)

// bodyLimit limits a request, in bytes.
const bodyLimit = 64 << 10

// Server is the mock service. It is safe for concurrent use.
type Server struct {
	key, openid string
	requests    atomic.Int64
	orders      atomic.Int64
	mu          sync.Mutex
	perEntname  map[string]int
}

// New returns a Server that accepts the given key, and openid on queryEncry.
func New(key, openid string) *Server {
	return &Server{key: key, openid: openid, perEntname: map[string]int{}}
}

// Requests returns the number of requests on any path.
func (s *Server) Requests() int { return int(s.requests.Load()) }

// RequestsFor returns the number of lookups of a company name.
func (s *Server) RequestsFor(entname string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.perEntname[entname]
}

// Listen serves on a loopback address such as 127.0.0.1:0 until stop is called. It
// returns the base URL.
func (s *Server) Listen(addr string) (base string, stop func() error, err error) {
	host, _, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err != nil || host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return "", nil, fmt.Errorf("%q is not a loopback address with a port, such as 127.0.0.1:0", addr)
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	go server.Serve(listener)
	return "http://" + listener.Addr().String(), server.Close, nil
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.requests.Add(1)
	api, known := strings.CutPrefix(r.URL.Path, "/enterprise_four_factors/")
	if !known || !juhe.API(api).IsValid() {
		http.NotFound(w, r)
		return
	}
	params, code := s.params(w, r, juhe.API(api))
	if code != 0 {
		write(w, errorBody(code))
		return
	}
	s.mu.Lock()
	s.perEntname[params.Get("entname")]++
	s.mu.Unlock()
	s.answer(w, r, juhe.API(api), params)
}

// params parses and checks the parameters and decrypts those of queryEncry. It
// returns the error code, or 0.
func (s *Server) params(w http.ResponseWriter, r *http.Request, api juhe.API) (url.Values, int) {
	r.Body = http.MaxBytesReader(w, r.Body, bodyLimit)
	if err := r.ParseForm(); err != nil {
		return nil, 253501
	}
	params := r.PostForm
	if r.Method == http.MethodGet {
		params = r.URL.Query()
	}
	if len(params["key"]) != 1 || params.Get("key") != s.key {
		return nil, 10001
	}
	for _, name := range juhe.FactorNames() {
		if len(params[name]) != 1 || params.Get(name) == "" {
			return nil, 253501
		}
		if api != juhe.APIQueryEncry {
			continue
		}
		plain, err := aesecb.Open(aesecb.Key(s.openid), params.Get(name))
		switch {
		case err == aesecb.ErrPadding:
			return nil, 10004
		case err != nil || plain == "":
			return nil, 253501
		}
		params.Set(name, plain)
	}
	if api == juhe.APIQueryV2 && params.Get("regstatus") == "" {
		return nil, 253501
	}
	return params, 0
}

// answer answers by the company name: with a misbehaviour, an error code, or from
// the register.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, api juhe.API, params url.Values) {
	entname := params.Get("entname")
	if c, ok := findCase(entname); ok {
		c.respond(&request{Server: s, w: w, r: r, api: api, params: params})
		return
	}
	for _, c := range juhe.Codes() {
		if c.Level != juhe.LevelDetail && entname == ErrorCodeEntname(c.Code) {
			write(w, errorBody(c.Code))
			return
		}
	}
	write(w, s.verify(api, params))
}

// orderid returns a new order number, in the form of the examples in the document.
func (s *Server) orderid() string {
	return fmt.Sprintf("JH535%s%06d", time.Now().In(juhe.Beijing()).Format("20060102150405"), s.orders.Add(1))
}

func write(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	fmt.Fprint(w, body)
}
