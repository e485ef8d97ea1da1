package juhetest

import (
	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
)

// Verdict is a lookup with the code that the mock server answers: a detail code, or
// 253504. On queryV2 every detail code but 7 is res 2.
type Verdict struct {
	Code    int
	Factors juhe.Factors
}

// Verdicts returns a lookup for each detail code and for 253504.
func Verdicts(api juhe.API) []Verdict {
	companies := mockserver.Companies()
	first, second := companies[0].Factors(api), companies[1].Factors(api)
	with := func(change func(*juhe.Factors)) juhe.Factors {
		f := first
		change(&f)
		return f
	}
	return []Verdict{
		{7, first},
		{-21, with(func(f *juhe.Factors) { f[juhe.Entmark] = second[juhe.Entmark] })},
		{-22, with(func(f *juhe.Factors) { f[juhe.Realname] = second[juhe.Realname] })},
		{-23, with(func(f *juhe.Factors) { f[juhe.Idcard] = second[juhe.Idcard] })},
		{-24, with(func(f *juhe.Factors) { f[juhe.Entname] = "无此名称有限公司" })},
		{-25, with(func(f *juhe.Factors) { f[juhe.Entmark] = "无此标识" })},
		{-26, with(func(f *juhe.Factors) { f[juhe.Realname], f[juhe.Idcard] = second[juhe.Realname], second[juhe.Idcard] })},
		{253504, with(func(f *juhe.Factors) { f[juhe.Entname], f[juhe.Entmark] = "无此名称有限公司", "无此标识" })},
	}
}
