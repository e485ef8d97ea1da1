package i18n

import "strings"

// System translates an error message of the system. What precedes its last colon,
// such as an address, stays.
func (t *Messages) System(text string) string {
	before, message := "", text
	if at := strings.LastIndex(text, ": "); at >= 0 {
		before, message = text[:at]+t.Colon, text[at+2:]
	}
	if words := zhSystemMessages()[message]; words != "" && t.Lang == "zh" {
		return before + words
	}
	return text
}

func zhSystemMessages() map[string]string {
	return map[string]string{
		"permission denied": "没有权限", "operation not permitted": "不允许这样做", "no such file or directory": "没有这个文件",
		"is a directory": "这是目录", "not a directory": "路径中有一段不是目录", "file exists": "文件已存在", "file name too long": "文件名太长",
		"it begins with a BOM; save it as plain UTF-8": "开头有 BOM，请另存为不带 BOM 的 UTF-8",
		"it is UTF-16; save it as plain UTF-8":         "编码是 UTF-16，请另存为不带 BOM 的 UTF-8",
		"not a regular file":                           "不是普通文件", "too long": "太长", "read-only file system": "磁盘只读", "no space left on device": "磁盘已满",
		"input/output error": "磁盘读写出错", "too many open files": "打开的文件太多", "device or resource busy": "正被占用",
		"executable file not found in $PATH": "找不到这个程序", "signal: killed": "被强制结束", "context deadline exceeded": "超时", "context canceled": "已取消",
		"connection refused": "对方拒绝连接", "connection reset by peer": "对方断开了连接", "network is unreachable": "网络不通",
		"no route to host": "无法到达这台主机", "i/o timeout": "超时", "broken pipe": "对方已不再读取", "unexpected EOF": "内容不完整",
		"certificate signed by unknown authority": "证书的签发者不可信", "exit status 1": "程序以 1 退出",
	}
}
