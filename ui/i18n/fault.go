package i18n

import "fourfactor/juhe"

// addFaults adds the reasons why a lookup has no verdict.
func addFaults(t *Messages, l pick) {
	t.Faults = map[juhe.FaultKind]string{
		juhe.FaultStatus:       l("服务返回的 HTTP 状态不是 200", "The service did not answer with HTTP 200"),
		juhe.FaultRedirect:     l("服务要求跳转到其他地址，已拒绝", "The service redirected elsewhere; redirects are not followed"),
		juhe.FaultTooLarge:     l("应答超过 1 MiB", "The response is larger than 1 MiB"),
		juhe.FaultEncoding:     l("应答的压缩编码无法解开", "The response cannot be decompressed"),
		juhe.FaultMalformed:    l("应答不是格式正确的 JSON 对象", "The response is not a well-formed JSON object"),
		juhe.FaultErrorCode:    l("应答没有可用的 error_code", "The response has no usable error_code"),
		juhe.FaultResult:       l("应答缺少该接口的核验结果", "The response lacks this endpoint's result"),
		juhe.FaultUndocumented: l("接口文档没有说明应答中的这种结果", "The response contains an undocumented result"),
		juhe.FaultTimeout:      l("时限内未收到完整应答", "No complete response within the deadline"),
		juhe.FaultTruncated:    l("应答尚未收完，连接已中断", "The connection closed before the response was complete"),
		juhe.FaultInterrupted:  l("未收到应答，已中断", "Interrupted before a response arrived"),
		juhe.FaultProcessEnded: l("发送它的程序没有记录应答就结束了", "The program that sent it ended without recording a response"),
		juhe.FaultDNS:          l("找不到服务的地址", "The service's address was not found"),
		juhe.FaultConnect:      l("无法连接服务", "Could not connect to the service"),
		juhe.FaultTLS:          l("无法建立可信的加密连接", "Could not establish a trusted encrypted connection"),
		juhe.FaultProxy:        l("代理无法连接", "The proxy refused or failed to connect"), juhe.FaultConnectTimeout: l("连接超时", "Connecting timed out"),
		juhe.FaultCancelled: l("发送之前已取消", "Cancelled before sending"),
		juhe.FaultLimit:     l("今天（北京时间）发送的笔数已达每日上限 guard.daily_limit", "The daily limit (guard.daily_limit, Beijing time) has been reached"),
		juhe.FaultUnsettled: l("这四项上一次核验没有结论，可能已计费，请先到聚合控制台核实",
			"The last lookup of these four factors ended without a verdict and may have been charged: check Juhe's console first"),
		juhe.FaultPending: l("这四项的另一笔核验仍在途", "Another lookup of these four factors is in progress"),
		juhe.FaultHistoryLost: l("台账损坏或丢失过，无法确定这四项以前是否核验过；把 *.damaged-*、*.missing-*、*.older-* 文件移到别处后恢复正常",
			"The ledger was damaged or lost, so earlier lookups of these four factors are unknown; move *.damaged-*, *.missing-*, *.older-* elsewhere to continue as usual"),
		juhe.FaultClock: l("本机时钟早于台账里最近一次核验，可能不准，请先核对日期和时间。台账里最近一次",
			"This machine's clock is behind the newest lookup in the ledger and may be wrong: check the date and time. Newest lookup"),
		juhe.FaultImported: l("导入的记录没有写明原因", "The imported lookup gives no reason"),

		juhe.FaultVerdictImported:     l("这四项已有结论，但来自导入的记录，不能用来作答", "These four factors have a verdict, but it was imported and cannot answer"),
		juhe.FaultVerdictOtherService: l("这四项已有结论，但来自另一个服务地址，不能用来作答", "These four factors have a verdict, but from another service address, so it cannot answer"),
		juhe.FaultVerdictInFuture:     l("这四项已有结论，但时间晚于本机时钟，不能用来作答", "These four factors have a verdict, but its time is ahead of this machine's clock, so it cannot answer"),
	}
}
