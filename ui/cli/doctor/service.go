package doctor

import (
	"context"
	"fmt"
)

// checkProxy reports the proxy in use, and one in the environment that is not used. It
// shows the host alone: the rest of the URL may hold a password.
func checkProxy(_ context.Context, m *machine) []finding {
	w, client := m.Messages.Doctor, m.session.Client
	if client == nil {
		return skipped(m)
	}
	how, host := m.session.Config.Juhe.Proxy, client.Proxy()
	f := finding{Status: statusOK, Key: "juhe.proxy", Value: host}
	switch {
	case client.HasInvalidProxy():
		names := []string{"HTTPS_PROXY", "https_proxy"} // what net/http reads for the service's scheme
		if client.Insecure() {
			names = []string{"HTTP_PROXY", "http_proxy"}
		}
		f.Origin = setVariables(m, names...)
		f.Status, f.Text, f.Advice = statusFail, fmt.Sprintf(w.ProxyBad, f.Origin), w.ProxyBadAdvice
	case host != "":
		f.Text = fmt.Sprintf(m.Messages.App.Proxy, host)
	case how == "env":
		f.Status, f.Text = statusNote, w.ProxyNone
	default:
		f.Value, f.Text = "none", w.NoProxy
	}
	findings := []finding{f}
	if set := setVariables(m, "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"); set != "" && how != "env" && !m.Flags.Demo {
		findings = append(findings, finding{
			Status: statusNote, Key: "juhe.proxy", Origin: set, Text: fmt.Sprintf(w.ProxyUnused, set), Advice: w.ProxyAdvice,
		})
	}
	return findings
}

// checkService connects to the service and hangs up without sending a request.
func checkService(ctx context.Context, m *machine) []finding {
	w, client := m.Messages.Doctor, m.session.Client
	if client == nil {
		return []finding{{Status: statusFail, Text: m.clientErr.Error()}}
	}
	f := finding{Status: statusOK, Key: "juhe.base_url", Value: client.Service()}
	reached, fault := client.Probe(ctx)
	if fault.Kind != "" {
		f.Status, f.Advice = statusFail, w.ConnectionAdvice[fault.Kind]
		f.Text = f.Value + m.Messages.Colon + m.Messages.FaultMeaning(fault)
		return []finding{f}
	}
	ms := reached.Took.Milliseconds()
	plain := w.ReachedPlain
	switch {
	case m.Flags.Demo:
		f.Text = fmt.Sprintf(w.ReachedDemo, f.Value, reached.Address, ms)
		return []finding{f}
	case !client.Insecure():
		f.Text = fmt.Sprintf(w.Reached, f.Value, reached.Address, reached.TLS, ms)
		return []finding{f}
	case client.Proxy() != "":
		plain = w.ReachedProxy
	}
	f.Status, f.Text, f.Advice = statusWarn, fmt.Sprintf(plain, f.Value, reached.Address, ms), w.PlainAdvice
	return []finding{f}
}
