package config

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// baseURL checks a base URL of the service and trims its trailing slashes. It must
// be http or https and have a host, but no user, query or fragment.
func baseURL(text string) (string, bool) {
	u, ok := parseURL(text, "http", "https")
	if !ok || u.User != nil || strings.ContainsAny(text, "?#") || withoutEndpoint(text) != "" {
		return "", false
	}
	return strings.TrimRight(text, "/"), true
}

// withoutEndpoint returns the base URL of an endpoint's address, as the API
// document prints it, or "" if text is not one. The endpoint is appended to the
// base URL, so that such an address would never be answered.
func withoutEndpoint(text string) string {
	const endpoints = "/enterprise_four_factors"
	at := strings.Index(strings.ToLower(text), endpoints)
	if at < 0 || len(strings.ToLower(text)) != len(text) {
		return ""
	}
	if after := text[at+len(endpoints):]; after != "" && after[0] != '/' {
		return ""
	}
	base, _ := baseURL(text[:at])
	return base
}

// proxy checks none, env, or the URL of a proxy.
func proxy(text string) (string, bool) {
	_, ok := parseURL(text, "http", "https", "socks5")
	return text, ok || text == "none" || text == "env"
}

// parseURL reports whether text is a URL of one of the schemes, with a host.
func parseURL(text string, schemes ...string) (*url.URL, bool) {
	if strings.ContainsFunc(text, isSpaceOrUnprintable) {
		return nil, false
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || !slices.Contains(schemes, u.Scheme) {
		return nil, false
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return nil, false
		}
	}
	return u, true
}

// publicURL returns the part of a rejected URL that may be shown. A password may be
// in its user info or its query, or where a typo put those, so a URL is shown only
// if it clearly has none.
func publicURL(text string) string {
	if !strings.ContainsAny(text, ":/@?#%") {
		return text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || strings.Contains(text, "@") {
		return ""
	}
	if i := strings.IndexAny(text, "?#"); i >= 0 {
		return text[:i+1] + "…"
	}
	return text
}

// withoutUser removes user and password from a URL.
func withoutUser(value string) string {
	u, err := url.Parse(value)
	if err != nil || u.User == nil {
		return value
	}
	u.User = nil
	return u.String()
}

// isSpaceOrUnprintable reports whether r is white space or does not print.
func isSpaceOrUnprintable(r rune) bool { return r == ' ' || !unicode.IsPrint(r) }
