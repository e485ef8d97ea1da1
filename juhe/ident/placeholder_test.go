package ident_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// TestPlaceholders: words for no value are placeholders in every field, width, case
// and kind of brackets.
func TestPlaceholders(t *testing.T) {
	t.Parallel()
	for _, value := range strings.Fields(`
		NULL null Null (null) <NULL> [null] 'NULL' "NULL" ＮＵＬＬ \N \n nan NaN -nan NAN None none NONE nil
		N/A n/a NA n.a. N.A. #N/A #NULL! #REF! #NAME? #VALUE! #DIV/0! <NA> NaT undefined UNKNOWN Unknown TBD
		无 暂无 没有 空 空值 空白 未知 不详 不明 待补充 待定 待核实 略 同上 （无） (空) 【无】 “无” 无。 未提供 未填写 见附件 详见附件 暂缺 不适用 無 暫無 沒有 NULL/NULL 无、无 inf -inf -1 已注销 离职 查询失败 [objectObject] ⽆
		/ \ - — – ― － -- ---- . 。 .. … …… * ＊ ? ？ ??? ？？？ ！ , ， 、 · ／ ＼ | _ __ ~ ～ ^ = + # ## ○ □ × ×× ()  （） "" '' “”
		0 00 000000 000000000000000000 ０ 0.0 0.00 x X xx xxx XXX ＸＸＸ XXXXXXXXXXXXXXXXXX`) {
		if value == "+" {
			continue // part of names
		}
		letter := value == "x" || value == "X" // may be a company's name
		for f := range juhe.NumFactors {
			if got := ident.PlaceholderOf(f, " "+value+"\u3000"); !(letter && f == juhe.Entname) && got == ident.NotPlaceholder || got == ident.PlaceholderMasked && strings.ContainsAny(value, "N无0") {
				t.Errorf("%s %q: %q", f, value, got)
			}
		}
	}
	for _, value := range []string{"111111111111111111", "99", "无身份证", "无统一社会信用代码", "暂未办理", "待补办后提供", "未办理身份证", "详见扫描件", "拒绝提供", "不便提供", "办理中", "三证合一", "身份证", "身份证已过期", "已注销", "护照"} {
		for _, f := range []juhe.Factor{juhe.Entmark, juhe.Idcard} {
			if got := ident.PlaceholderOf(f, value); got != ident.PlaceholderNoValue {
				t.Errorf("%s %q: %q", f, value, got)
			}
		}
	}
}

// TestMaskedValues: partly hidden values are recognised, in particular those that
// this package masks.
func TestMaskedValues(t *testing.T) {
	t.Parallel()
	for f, values := range map[juhe.Factor]string{
		juhe.Realname: `张* 张** *三 **三 张＊ 张＊＊ 张*三 欧阳** 阿*·古丽 张● 张○ 张■■ 张xx 张XX 张ＸＸ 张×× 张× 张__ 张-- 张—— 张… 张*（法人） 张〇〇 张⋆⋆
			某 某某 某某某 J********** J*** *** ●●●`,
		juhe.Idcard: `1101****002X 110***********002X 1***************2X 110XXXXXXXXXXXXX2X 110xxxxxxxxxxxx02x 110105********002X 110105＊＊＊＊＊＊＊＊002X
			1101●●●●002X 1101????????002X 1101…002X 1101...002X 1101~~~~002X 1101____002X 1101----002X 110105########0021 110105////////002X 1101\\\\002X E******78 E1234**** ****** **************002X ●●●
			11010519491231****`,
		juhe.Entmark: `91110***  9111**********013X 9***************3X 91110199********3X ********* 9111XXXXXXXXXX013X 91110199…`,
		juhe.Entname: `北京**科技有限公司 北京***公司 ***有限公司 **** 北京●●有限公司 1***************2X`,
	} {
		for _, value := range strings.Fields(values) {
			if got := ident.PlaceholderOf(f, value); got != ident.PlaceholderMasked {
				t.Errorf("%s %q: %q", f, value, got)
			}
		}
	}
	for _, name := range []string{"张三", "欧阳小红", "阿依·古丽", "JOHN SMITH", "𠮷田三"} {
		if got := ident.PlaceholderOf(juhe.Realname, ident.MaskName(name)); got != ident.PlaceholderMasked {
			t.Errorf("%s: %q", ident.MaskName(name), got)
		}
	}
}

// TestNotPlaceholders: texts that only resemble placeholders are values, and so is every valid
// code.
func TestNotPlaceholders(t *testing.T) {
	t.Parallel()
	for f, values := range map[juhe.Factor]string{
		juhe.Entname: `无锡虚构科技有限公司 空中虚构传媒有限公司 未知星球虚构文化有限公司 没有烦恼虚构餐饮店 同上虚构网络公司 不详虚构公司 360 7-11 3M中国有限公司 A*STAR
			某某科技有限公司 XX有限公司 Null虚构有限公司 NA虚构有限公司 待定虚构面馆 ⼭⽔ 已注销虚构书店 不二虚构家 三证合一虚构公司 N&A X+Y 00后虚构咖啡店`,
		juhe.Realname: `空明 略三 同心 无双 吴明 张某 张某某 王?? 王？ 张□ 张X 赵C 张x三 ⼦⻛ ⽂ 已故事 解放 去病 Nan-Nan Noneman Nullah 阿依•古丽 阿依··古丽 陈无 待兰 X-Ray`,
		juhe.Idcard:   `11010519491231002X E12345678 12345678 H1234567890 0561682001(D) 110105194912310021 11010519491231002× 1101051949123100?X 110105-19491231-002X 1234567890 张三 身份证号 证件号码`,
		juhe.Entmark:  `91110199MAYYY0013X 19220382-1 91-110000-600037341-L 440301103097413 140825000A00118 统一社会信用代码 营业执照号 91110199MAXXXXXXXX1 深圳市腾讯计算机系`,
	} {
		for _, value := range strings.Fields(values) {
			if strings.Contains(value, "XXXX") {
				continue
			}
			if got := ident.PlaceholderOf(f, value); got != ident.NotPlaceholder {
				t.Errorf("%s %q: %q", f, value, got)
			}
		}
		for _, blank := range []string{"", " ", "\u3000\u200b", "\n"} {
			if got := ident.PlaceholderOf(f, blank); got != ident.NotPlaceholder {
				t.Errorf("%s %q: %q", f, blank, got)
			}
		}
	}
	for name, field := range map[string]juhe.Factor{
		"uscc_valid.txt": juhe.Entmark, "regno_valid.txt": juhe.Entmark, "regno_soft.txt": juhe.Entmark,
		"orgcode_valid.txt": juhe.Entmark, "id_valid.txt": juhe.Idcard, "uscc_invalid.txt": juhe.Entmark, "id_invalid.txt": juhe.Idcard,
	} {
		for _, line := range readVectors(t, name) {
			if strings.Trim(line[0], "0") == "" {
				continue // a valid check digit, but no region
			}
			for _, value := range []string{line[0], strings.ToLower(line[0]), " " + line[0] + "\u200b"} {
				if got := ident.PlaceholderOf(field, value); got != ident.NotPlaceholder {
					t.Errorf("%s %q: %q", field, value, got)
				}
			}
		}
	}
}

// FuzzPlaceholder: valid codes are values, masked values are not, and a placeholder has
// no other warning.
func FuzzPlaceholder(f *testing.F) {
	for _, seed := range []string{"NULL", "无", "张*", "1101****002X", "11010519491231002X", "91110199MAYYY0013X", "\xff", "……", "110XXXXXXXXXXXXX2X"} {
		f.Add(seed)
	}
	for _, line := range readVectors(f, "uscc_valid.txt") {
		f.Add(line[0])
	}
	f.Fuzz(func(t *testing.T, raw string) {
		for field := range juhe.NumFactors {
			placeholder := ident.PlaceholderOf(field, raw)
			normal, _ := ident.Normalize(field, raw)
			if strings.Count(raw, "-")+strings.Count(raw, "—") < 3 && ident.KindOf(field, normal) != ident.KindNone && ident.Check(field, normal, nil, today) == nil && strings.Trim(normal, normal[:1]) != "" && placeholder != ident.NotPlaceholder {
				t.Errorf("%s %q is right, and %q", field, raw, placeholder)
			}
			if placeholder != ident.NotPlaceholder && ident.Score(field, raw, today) != ident.ScoreNone {
				t.Errorf("%s %q is %q, and looks like one", field, raw, placeholder)
			}
		}
		if n := utf8.RuneCountInString(raw); n > 3 && !strings.ContainsAny(raw, "*") {
			if masked := ident.MaskNumber(raw); ident.PlaceholderOf(juhe.Idcard, masked) == ident.NotPlaceholder {
				t.Errorf("%q, masked, is a value: %q", raw, masked)
			}
		}
	})
}
