package juhe

// Level is the origin of a code.
type Level string

// The levels of the API document: part 4 for the errors, parts 1 and 2 for
// result.detail.code.
const (
	LevelSystem  Level = "system"
	LevelService Level = "service"
	LevelDetail  Level = "detail"
)

// Code is an entry of the code tables in the API document.
type Code struct {
	Code    int
	OldCode int // 旧版本(resultcode) of a system code, or 0
	Level   Level
	Text    string // the official description, in Chinese
}

// Codes returns the catalogue in the order of the document: 4 service codes, 14
// system codes and 7 detail codes. What follows from a code is decided in
// billableOfErrorCode, in Record.StopCode and Record.KeyRejected of package lookup, and by
// the breaker of a batch.
func Codes() []Code {
	return []Code{
		{253501, 0, LevelService, "参数错误"},
		{253504, 0, LevelService, "企业名称与企业标识均未找到"},
		{253506, 0, LevelService, "数据源异常"},
		{253507, 0, LevelService, "数据源超时"},

		{10001, 101, LevelSystem, "错误的请求KEY"},
		{10002, 102, LevelSystem, "该KEY无请求权限"},
		{10003, 103, LevelSystem, "KEY过期"},
		{10004, 104, LevelSystem, "错误的OPENID"},
		{10005, 105, LevelSystem, "应用未审核超时，请提交认证"},
		{10007, 107, LevelSystem, "未知的请求源"},
		{10008, 108, LevelSystem, "被禁止的IP"},
		{10009, 109, LevelSystem, "被禁止的KEY"},
		{10011, 111, LevelSystem, "当前IP请求超过限制"},
		{10012, 112, LevelSystem, "请求超过次数限制"},
		{10013, 113, LevelSystem, "测试KEY超过请求限制"},
		{10014, 114, LevelSystem, "系统内部异常(调用充值类业务时，请务必联系客服或通过订单查询接口检测订单，避免造成损失)"},
		{10020, 120, LevelSystem, "接口维护"},
		{10021, 121, LevelSystem, "接口停用"},

		{7, 0, LevelDetail, "企业法人/负责人"},
		{-21, 0, LevelDetail, "企业名称与企业标识不符"},
		{-22, 0, LevelDetail, "姓名不一致"},
		{-23, 0, LevelDetail, "证件号码不一致"},
		{-24, 0, LevelDetail, "企业名称不一致"},
		{-25, 0, LevelDetail, "企业标识不一致"},
		{-26, 0, LevelDetail, "具体不一致要素未知"},
	}
}

// FindCode finds a code by its number, or a system code by its old number. If the number
// is not in the catalogue, documented is false and the code has no Text, and the Level
// that follows from the code format of part 4, if any: six digits are level, service and
// code (2 535 01); a system code has five digits and starts with 1.
func FindCode(number int) (c Code, documented bool) {
	for _, c := range Codes() {
		if number == c.Code || c.OldCode != 0 && number == c.OldCode {
			return c, true
		}
	}
	switch {
	case number >= 10000 && number <= 19999, number >= 100000 && number <= 199999:
		return Code{Code: number, Level: LevelSystem}, false
	case number >= 200000 && number <= 299999:
		return Code{Code: number, Level: LevelService}, false
	}
	return Code{Code: number}, false
}

// Billable reports whether a lookup that ends with this code is charged.
func (c Code) Billable() Billable {
	if c.Level == LevelDetail {
		return BillableYes
	}
	return billableOfErrorCode(c.Code)
}

// BillableOf reports whether a lookup with this outcome is charged. errorCode counts
// only if the outcome is Refused.
func BillableOf(o Outcome, errorCode int) Billable {
	switch o {
	case Match, Mismatch:
		return BillableYes
	case Refused:
		return billableOfErrorCode(errorCode)
	case Unsent:
		return BillableNo
	}
	return BillableUnknown
}

// billableOfErrorCode returns BillableNo for the codes that are certainly free:
// invalid parameters, and faults of the key, the caller or the interface.
func billableOfErrorCode(errorCode int) Billable {
	switch {
	case errorCode == 253501, errorCode == 10020, errorCode == 10021,
		errorCode >= 10001 && errorCode <= 10013:
		return BillableNo
	}
	return BillableUnknown
}
