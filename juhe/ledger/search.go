package ledger

import (
	"slices"
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger/gram"
	"fourfactor/juhe/ledger/pinyin"
	"fourfactor/juhe/lookup"
)

// companySeparator precedes the company in the result of Spell. Only its long grams are
// searched, because there are many of them.
const companySeparator = "|"

// Spell returns the names of the person and the company in pinyin and initials. An engine
// stores it with a lookup, because it takes longer to compute than to read.
func Spell(f juhe.Factors) string {
	name, nameInitials := pinyin.Of(gram.Fold(f[juhe.Realname]))
	company, companyInitials := pinyin.Of(gram.Fold(f[juhe.Entname]))
	return name + " " + nameInitials + " " + companyInitials + companySeparator + company
}

// Tokens returns the tokens of a lookup for a search index. spelling is the result of Spell.
func Tokens(rec lookup.Record, spelling string) string {
	return searchTexts(rec, spelling).Tokens(outcomeTag(rec.Reply.Outcome), APITag(rec.Query.API))
}

func searchTexts(rec lookup.Record, spelling string) (t gram.Texts) {
	for _, value := range rec.Query.Factors {
		t.Whole = append(t.Whole, gram.Fold(value))
	}
	short, company, _ := strings.Cut(spelling, companySeparator)
	t.Whole, t.Long = append(t.Whole, gram.Fold(rec.Reply.Orderid), short), company
	return t
}

// APITag returns the tag of the lookups at an endpoint. Each lookup has one.
func APITag(a juhe.API) string { return gram.Tag("api", string(a)) }

func outcomeTag(o juhe.Outcome) string { return gram.Tag("outcome", string(o)) }

// Query is a search with its words and tokens.
type Query struct {
	lookup.Search          // Limit is not 0
	Terms, Tokens []string // see gram.Query
}

// NewQuery returns the Query of a search.
func NewQuery(s lookup.Search) Query {
	if s.Limit <= 0 {
		s.Limit = 50
	}
	q := Query{Search: s}
	q.Terms, q.Tokens = gram.Query(s.Text)
	if s.API != "" {
		q.Tokens = append(q.Tokens, gram.Token(APITag(s.API)))
	}
	if s.Outcome != "" && len(q.Tokens) > 0 {
		q.Tokens = append(q.Tokens, gram.Token(outcomeTag(s.Outcome)))
	}
	slices.Sort(q.Tokens)
	q.Tokens = slices.Compact(q.Tokens)
	return q
}

// Matches reports whether a lookup has the words, the outcome and the endpoint of the
// search. spelling is the result of Spell.
func (q Query) Matches(rec lookup.Record, spelling string) bool {
	if q.API != "" && rec.Query.API != q.API || q.Outcome != "" && rec.Reply.Outcome != q.Outcome {
		return false
	}
	if len(q.Terms) == 0 {
		return true
	}
	texts := searchTexts(rec, spelling)
	return !slices.ContainsFunc(q.Terms, func(term string) bool { return !texts.Contain(term) })
}
