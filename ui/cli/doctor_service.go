package cli

import (
	"context"
	"fmt"
	"strings"
)

// proxy reports the proxy in use, and one in the environment that is not used. It
// shows the host alone: the rest of the URL may hold a password.
func (d *doctor) proxy(context.Context) []finding {
	w := d.words
	if d.client == nil {
		return d.skipped()
	}
	how, host := d.cfg.Juhe.Proxy, d.client.Proxy()
	f := finding{Status: statusOK, Key: "juhe.proxy", Value: host}
	switch {
	case d.client.HasInvalidProxy():
		names := []string{"HTTPS_PROXY", "https_proxy"} // what net/http reads for the service's scheme
		if d.client.Insecure() {
			names = []string{"HTTP_PROXY", "http_proxy"}
		}
		f.Origin = d.setVariables(names...)
		f.Status, f.Text, f.Advice = statusFail, fmt.Sprintf(d.words.ProxyBad, f.Origin), d.words.ProxyBadAdvice
	case host != "":
		f.Text = fmt.Sprintf(w.Proxy, host)
	case how == "env":
		f.Status, f.Text = statusNote, w.ProxyNone
	default:
		f.Value, f.Text = "none", w.NoProxy
	}
	findings := []finding{f}
	if set := d.setVariables("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"); set != "" && how != "env" && !d.demo {
		findings = append(findings, finding{
			Status: statusNote, Key: "juhe.proxy", Origin: set, Text: fmt.Sprintf(w.ProxyUnused, set), Advice: w.ProxyAdvice,
		})
	}
	return findings
}

// setVariables lists the variables that are set.
func (d *doctor) setVariables(names ...string) string {
	var all []string
	for _, name := range names {
		if d.app.Env(name) != "" {
			all = append(all, name)
		}
	}
	return strings.Join(all, " ")
}

// service connects to the service and hangs up without sending a request.
func (d *doctor) service(ctx context.Context) []finding {
	w := d.words
	if d.client == nil {
		return []finding{{Status: statusFail, Text: d.clientErr.Error()}}
	}
	f := finding{Status: statusOK, Key: "juhe.base_url", Value: d.client.Service()}
	reached, fault := d.client.Probe(ctx)
	if fault.Kind != "" {
		f.Status, f.Advice = statusFail, w.ConnectionAdvice[string(fault.Kind)]
		f.Text = f.Value + d.app.Messages.Colon + d.app.Messages.Meaning("unsent", string(fault.Kind), fault.Detail, 0)
		return []finding{f}
	}
	ms := reached.Took.Milliseconds()
	plain := w.ReachedPlain
	switch {
	case d.demo:
		f.Text = fmt.Sprintf(w.ReachedDemo, f.Value, reached.Address, ms)
		return []finding{f}
	case !d.client.Insecure():
		f.Text = fmt.Sprintf(w.Reached, f.Value, reached.Address, reached.TLS, ms)
		return []finding{f}
	case d.client.Proxy() != "":
		plain = w.ReachedProxy
	}
	f.Status, f.Text, f.Advice = statusWarn, fmt.Sprintf(plain, f.Value, reached.Address, ms), w.PlainAdvice
	return []finding{f}
}
